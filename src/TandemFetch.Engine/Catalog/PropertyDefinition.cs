using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace TandemFetch.Engine.Catalog;

/// <summary>A property of a log entry: how its stored value becomes a readable one.</summary>
public sealed class PropertyDefinition
{
    private readonly byte[] _name;
    private readonly byte[] _quotedName;
    private readonly Dictionary<long, byte[]> _labels;
    private readonly HashSet<long> _none;

    internal PropertyDefinition(
        string name,
        string stored,
        string? unit,
        int decimals,
        IReadOnlyDictionary<int, string>? codes,
        IReadOnlyDictionary<int, string>? bits,
        IReadOnlyCollection<long> none)
    {
        (Name, Stored, Unit, Decimals, Codes, Bits) = (name, stored, unit, decimals, codes, bits);
        None = none;
        _name = Encoding.UTF8.GetBytes(name);
        _quotedName = [(byte)'"', .. _name, (byte)'"', (byte)':'];
        _none = [.. none];
        _labels = (codes ?? bits)?.ToDictionary(
            label => (long)label.Key,
            label => (byte[])[(byte)'"', .. JsonEncodedText.Encode(label.Value).EncodedUtf8Bytes, (byte)'"']) ?? [];
    }

    /// <summary>The name in the response.</summary>
    public string Name { get; }

    /// <summary>The pump's data type, such as <c>uint16</c>; <c>unknown</c> if not published.</summary>
    public string Stored { get; }

    /// <summary>The unit of the decoded value, or null if it has none.</summary>
    public string? Unit { get; }

    /// <summary>
    /// Number of decimal places by which the stored integer is shifted: 1 for tenths, 3 for thousandths, 0 for none.
    /// </summary>
    public int Decimals { get; }

    /// <summary>The meaning of each number, for a code.</summary>
    public IReadOnlyDictionary<int, string>? Codes { get; }

    /// <summary>The meaning of each set bit, for a mask written as an array of bit indices.</summary>
    public IReadOnlyDictionary<int, string>? Bits { get; }

    /// <summary>Stored values that mean "not recorded"; they decode to null.</summary>
    public IReadOnlyCollection<long> None { get; }

    /// <summary>The name as the start of a JSON member, including the colon.</summary>
    internal ReadOnlySpan<byte> QuotedName => _quotedName;

    /// <summary>Whether numbers are the same in the decoded form as in the stored form.</summary>
    private bool IsVerbatim => Codes is null && Decimals == 0 && _none.Count == 0;

    internal bool HasName(ReadOnlySpan<byte> name) => name.SequenceEqual(_name);

    /// <summary>
    /// Appends the decoded form of a JSON value; a value that is not understood is appended unchanged.
    /// </summary>
    /// <param name="value">The value as received, UTF-8 JSON.</param>
    /// <param name="kind">The kind of JSON value.</param>
    /// <param name="output">Receives the decoded JSON value.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Decode(ReadOnlySpan<byte> value, JsonTokenType kind, Utf8Buffer output)
    {
        if (kind == JsonTokenType.StartArray && Bits is not null)
        {
            DecodeBits(value, output);
        }
        else if (kind == JsonTokenType.Number && !IsVerbatim && PlainInteger.TryParse(value, out var number))
        {
            DecodeInteger(value, number, output);
        }
        else
        {
            output.Append(value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DecodeInteger(ReadOnlySpan<byte> value, long number, Utf8Buffer output)
    {
        if (_none.Count > 0 && _none.Contains(number))
        {
            output.Append("null"u8);
        }
        else if (Codes is not null && _labels.TryGetValue(number, out var label))
        {
            output.Append(label);
        }
        else if (Decimals > 0)
        {
            PlainInteger.AppendShifted(number, Decimals, output);
        }
        else
        {
            output.Append(value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DecodeBits(ReadOnlySpan<byte> value, Utf8Buffer output)
    {
        var reader = new Utf8JsonReader(value);
        reader.Read();
        output.Append((byte)'[');
        var first = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!first)
            {
                output.Append((byte)',');
            }

            first = false;
            var start = (int)reader.TokenStartIndex;
            var known = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var bit)
                && _labels.TryGetValue(bit, out var label)
                ? label
                : null;
            reader.Skip();
            output.Append(known ?? value[start..(int)reader.BytesConsumed]);
        }

        output.Append((byte)']');
    }
}
