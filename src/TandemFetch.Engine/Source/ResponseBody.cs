using System.Buffers;
using System.Net.Http.Headers;

namespace TandemFetch.Engine.Source;

/// <summary>
/// The body of a response, in a buffer that grows while it arrives. Returns the buffer unless somebody takes it over.
/// </summary>
internal sealed class ResponseBody : IDisposable
{
    // An initial size, whatever length the server announces: that number alone must not make us reserve a gigabyte.
    private const int FirstBuffer = 1024 * 1024;
    private const int LargestFirstBuffer = 32 * 1024 * 1024;

    // One is being stored, one is ready or on its way.
    private const int BuffersInUse = 2;

    private readonly ArrayPool<byte> _pool;
    private byte[]? _buffer;

    private ResponseBody(ArrayPool<byte> pool, int size) => (_pool, _buffer) = (pool, pool.Rent(size));

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, Length);

    /// <summary>
    /// The buffers of one source. The runtime's shared pool keeps one for each thread that ever returned one, 16 MB
    /// each, and a fetch moves from thread to thread.
    /// </summary>
    public static ArrayPool<byte> CreatePool() => ArrayPool<byte>.Create(4 * LargestFirstBuffer, BuffersInUse);

    /// <summary>Reads a JSON object and checks its form while it arrives.</summary>
    /// <exception cref="TransientFailure">The body is not JSON, or is truncated.</exception>
    /// <exception cref="ResponseTooLarge">The body has more than <paramref name="limit"/> bytes.</exception>
    public static async Task<ResponseBody> ReadJsonAsync(
        HttpResponseMessage answer,
        ArrayPool<byte> pool,
        JsonResponseCheck check,
        int limit,
        string host,
        IdleTimeout patience)
    {
        RequireJson(answer.Content.Headers.ContentType, host);
        var announced = answer.Content.Headers.ContentLength;
        if (announced > limit)
        {
            throw new ResponseTooLarge(announced.Value);
        }

        var body = new ResponseBody(pool, (int)Math.Min(announced + 1 ?? FirstBuffer, LargestFirstBuffer));
        try
        {
            using var stream = await answer.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
            while (true)
            {
                var read = await stream.ReadAsync(body.Room(limit), patience.Token).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                patience.Reset();
                body.Length += read;
                check.Look(body.Bytes.Span, isComplete: false);
            }

            check.Look(body.Bytes.Span, isComplete: true);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>Hands over the buffer; its new owner returns it.</summary>
    public byte[] TakeBuffer() =>
        Interlocked.Exchange(ref _buffer, null) ?? throw new ObjectDisposedException(nameof(ResponseBody));

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } rented)
        {
            // The account's response contains a name and a date of birth, which the next user of the buffer must not
            // find.
            _pool.Return(rented, clearArray: true);
        }
    }

    private static void RequireJson(MediaTypeHeaderValue? type, string host)
    {
        // If the type is missing, only the body is checked.
        var isJson = type?.MediaType is not { } media
            || media.EndsWith("/json", StringComparison.OrdinalIgnoreCase)
            || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
        if (!isJson)
        {
            var isPage = type!.MediaType!.Contains("html", StringComparison.OrdinalIgnoreCase);
            throw new TransientFailure(
                FailureReason.Malformed, $"{host} responded with {(isPage ? "a web page" : "another content type")} instead of JSON.");
        }
    }

    private Memory<byte> Room(int limit)
    {
        var buffer = _buffer!;
        if (Length == buffer.Length)
        {
            if (Length > limit)
            {
                throw new ResponseTooLarge(Length);
            }

            var larger = _pool.Rent((int)Math.Min(2L * buffer.Length, Array.MaxLength));
            buffer.AsSpan(0, Length).CopyTo(larger);
            _buffer = larger;
            _pool.Return(buffer, clearArray: true);
        }

        return _buffer.AsMemory(Length);
    }
}
