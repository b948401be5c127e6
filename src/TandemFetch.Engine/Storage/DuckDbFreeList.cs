using System.Buffers.Binary;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// The list of a DuckDB file's free blocks. DuckDB truncates free blocks at the end after it has written the number of
/// blocks, so a file may be shorter than that number suggests, but only by blocks in this list.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="blockSize">The size of its blocks.</param>
/// <param name="total">The total number of blocks.</param>
internal sealed class DuckDbFreeList(FileStream file, int blockSize, long total)
{
    // The list is a chain of pieces, 64 per block. Each begins with a pointer to the next: 56 bits for the block, 8
    // bits for the piece.
    private const int PiecesPerBlock = 64;
    private const int IndexShift = 56;
    private const int Word = sizeof(long);

    private readonly byte[] _piece = new byte[(blockSize - Word) / PiecesPerBlock / Word * Word];
    private long _next;
    private int _read;

    /// <summary>How many free blocks there are from a block onwards; zero if the list itself cannot be read.</summary>
    /// <param name="first">The block.</param>
    /// <param name="list">The pointer to the list.</param>
    public long CountFrom(long first, long list)
    {
        _next = list;
        _read = _piece.Length;
        var found = 0L;
        if (!TryNext(out var count) || count > total)
        {
            return 0;
        }

        for (; count > 0 && TryNext(out var block); count--)
        {
            found += block >= first ? 1 : 0;
        }

        return found;
    }

    private bool TryNext(out long word)
    {
        word = 0;
        if (_read == _piece.Length && !TryReadPiece())
        {
            return false;
        }

        word = BinaryPrimitives.ReadInt64LittleEndian(_piece.AsSpan(_read));
        _read += Word;
        return true;
    }

    private bool TryReadPiece()
    {
        var (block, index) = (_next & ((1L << IndexShift) - 1), (int)((ulong)_next >> IndexShift));
        if (block >= total || index >= PiecesPerBlock)
        {
            return false;
        }

        file.Position = DuckDbHeader.Length + (block * blockSize) + Word + (index * _piece.Length);
        if (file.ReadAtLeast(_piece, _piece.Length, throwOnEndOfStream: false) < _piece.Length)
        {
            return false;
        }

        _next = BinaryPrimitives.ReadInt64LittleEndian(_piece);
        _read = Word;
        return true;
    }
}
