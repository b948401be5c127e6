using System.Buffers;

namespace TandemFetch.Engine.Source;

/// <summary>
/// The body of one <c>pump-logs</c> answer, UTF-8 JSON exactly as received, in a buffer that may be used again.
/// </summary>
/// <param name="buffer">The buffer; the page owns it from now on.</param>
/// <param name="length">How much of the buffer is the answer.</param>
/// <param name="pool">Where the buffer goes afterwards, or null.</param>
public sealed class LogPage(byte[] buffer, int length, ArrayPool<byte>? pool = null) : IDisposable
{
    private byte[]? _buffer = buffer;

    /// <summary>The answer.</summary>
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
