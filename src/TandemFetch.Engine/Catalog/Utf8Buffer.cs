using System.Runtime.CompilerServices;
namespace TandemFetch.Engine.Catalog;

/// <summary>A growing byte buffer that can be written, read and cleared without allocating.</summary>
internal sealed class Utf8Buffer
{
    private byte[] _bytes = new byte[1024];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(_bytes.AsSpan(_length));
        _length += value.Length;
    }

    private void Reserve(int more)
    {
        if (_length + more > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more));
        }
    }
}
