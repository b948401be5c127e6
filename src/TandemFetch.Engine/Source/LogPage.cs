using System.Buffers;

namespace TandemFetch.Engine.Source;

/// <summary>
/// The body of a <c>pump-logs</c> response, UTF-8 JSON exactly as received, in a buffer that may be reused.
/// </summary>
/// <param name="buffer">The buffer; the page owns it from now on.</param>
/// <param name="length">The length of the response in the buffer.</param>
/// <param name="pool">Where the buffer is returned afterwards, or null.</param>
public sealed class LogPage(byte[] buffer, int length, ArrayPool<byte>? pool = null) : IDisposable
{
    private byte[]? _buffer = buffer;

    /// <summary>The response.</summary>
    public ReadOnlyMemory<byte> Json =>
        (_buffer ?? throw new ObjectDisposedException(nameof(LogPage))).AsMemory(0, length);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } rented)
        {
            pool?.Return(rented);
        }
    }
}
