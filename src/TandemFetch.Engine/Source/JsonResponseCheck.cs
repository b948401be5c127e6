using System.Text.Json;
using System.Text.Unicode;

namespace TandemFetch.Engine.Source;

/// <summary>
/// Checks that a response is one complete JSON object with the required arrays, while it is still arriving: the time
/// this takes (about 0.3 s per 100 MB) is spent waiting for the network anyway. Checking length headers would not be
/// enough: a server that fails in the middle can send an error object or half a page with a correct length, and if such
/// a page counted as empty, it would leave a gap that nobody notices.
/// </summary>
internal sealed class JsonResponseCheck(string host, params string[] arrays)
{
    private const int Stride = 256 * 1024;

    private readonly HashSet<string> _found = [];
    private JsonReaderState _state;
    private int _checked;
    private int _waitFor = Stride;
    private string? _pending;

    /// <summary>Checks what has arrived since the last call.</summary>
    /// <param name="body">The body from its beginning.</param>
    /// <param name="isComplete">Whether the body is complete.</param>
    /// <exception cref="TransientFailure">The response is not what it should be.</exception>
    public void Look(ReadOnlySpan<byte> body, bool isComplete)
    {
        // In large steps, so that parsing of a token of many megabytes does not restart with each part that arrives.
        if (!isComplete && body.Length < _waitFor)
        {
            return;
        }

        try
        {
            Read(body, isComplete);
        }
        catch (JsonException)
        {
            throw Malformed("is not complete, valid JSON");
        }

        _waitFor = _checked + Math.Max(Stride, 2 * (body.Length - _checked));
        if (isComplete)
        {
            Conclude(body);
        }
    }

    private void Read(ReadOnlySpan<byte> body, bool isComplete)
    {
        var reader = new Utf8JsonReader(body[_checked..], isComplete, _state);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 0 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject))
            {
                throw Malformed("is not a JSON object");
            }

            if (_pending is { } name)
            {
                _pending = null;
                if (reader.TokenType != JsonTokenType.StartArray)
                {
                    throw Malformed($"has no list in '{name}'");
                }

                _found.Add(name);
            }
            else if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
            {
                _pending = NameOf(ref reader);
            }
        }

        _checked += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    private string? NameOf(ref Utf8JsonReader reader)
    {
        foreach (var name in arrays)
        {
            if (reader.ValueTextEquals(name))
            {
                return name;
            }
        }

        return null;
    }

    private void Conclude(ReadOnlySpan<byte> body)
    {
        foreach (var name in arrays)
        {
            if (!_found.Contains(name))
            {
                throw Malformed($"has no list '{name}'");
            }
        }

        if (!Utf8.IsValid(body))
        {
            throw Malformed("is not UTF-8 text");
        }
    }

    private TransientFailure Malformed(string how) =>
        new(FailureReason.Malformed, $"The response of {host} {how}.");
}
