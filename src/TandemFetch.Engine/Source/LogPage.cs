using System.Buffers;

namespace TandemFetch.Engine.Source;

/// <summary>The body of one <c>pump-logs</c> answer, UTF-8 JSON exactly as received, in a pooled buffer.</summary>
/// <param name="buffer">A buffer rented from <see cref="ArrayPool{T}.Shared"/>; the page owns it from now on.</param>
/// <param name="length">How much of the buffer is the answer.</param>
public sealed class LogPage(byte[] buffer, int length) : IDisposable
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
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
