using System.Buffers.Binary;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// Checks the first bytes of a DuckDB file. DuckDB itself would initialize an empty file, look for an extension that
/// reads a file of another kind, and open a truncated file until something reads the missing part.
/// </summary>
internal static class DuckDbHeader
{
    /// <summary>
    /// Where the blocks begin: after a main header with the magic word, and two database headers that are written
    /// alternately.
    /// </summary>
    public const int Length = 3 * Page;

    private const int Page = 4096;
    private const int MagicOffset = 8;
    private const int VersionOffset = 12;

    // The storage versions for which the offsets below are known to be correct: those of DuckDB 1.0 to 1.5.
    private const int OldestVersion = 64;
    private const int NewestVersion = 68;

    // After a checksum of eight bytes.
    private const int IterationOffset = 8;
    private const int FreeListOffset = 24;
    private const int BlockCountOffset = 32;
    private const int BlockSizeOffset = 40;

    private const int SmallestBlock = 1 << 14;
    private const int LargestBlock = 1 << 18;
    private const int MostBlocks = 1 << 24;

    /// <summary>
    /// Rejects anything that is not a complete database. Call this only while this process has no connection to the
    /// file: see <see cref="SharedDatabase"/>. Another process may be writing to it.
    /// </summary>
    /// <exception cref="TandemException"><see cref="DatabaseErrors.NotADatabase"/>.</exception>
    public static void Check(string path)
    {
        string? problem = null;
        try
        {
            problem = Problem(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Locked or forbidden: DuckDB reports this better.
        }

        if (problem is not null)
        {
            throw Refusal(path, problem);
        }
    }

    /// <summary>The failure for a truncated file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">Its length.</param>
    public static TandemException EndIsMissing(string path, long length) => Refusal(path, EndIsMissing(length));

    private static TandemException Refusal(string path, string problem) => new(
        DatabaseErrors.NotADatabase,
        TandemErrorKind.InvalidData,
        $"'{path}' {problem} It was left unchanged; restore a copy, or specify another file with -Database and run Invoke-TandemBackfill.",
        path);

    private static string EndIsMissing(long length) => $"is truncated: it has only {length:N0} bytes.";

    private static string? Problem(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.Length == 0)
        {
            return "is empty and contains no database.";
        }

        Span<byte> header = stackalloc byte[Length];
        var read = file.ReadAtLeast(header, Length, throwOnEndOfStream: false);
        if (!header[MagicOffset..].StartsWith("DUCK"u8))
        {
            return "is not a DuckDB database, or is damaged.";
        }

        if (Number(header, VersionOffset) is < OldestVersion or > NewestVersion)
        {
            // DuckDB itself reports what it makes of it.
            return null;
        }

        // The length is read after the header, because what a header refers to was written before it.
        return read < Length || (LacksBlocks(file, header, file.Length) && IsUnchanged(file, header)) ? EndIsMissing(file.Length) : null;
    }

    private static bool LacksBlocks(FileStream file, ReadOnlySpan<byte> header, long length)
    {
        var newest = Newest(header);
        var (count, size) = (Number(newest, BlockCountOffset), Number(newest, BlockSizeOffset));
        if (size is < SmallestBlock or > LargestBlock || count is < 0 or > MostBlocks)
        {
            // Random bytes, which DuckDB recognizes by their checksum.
            return false;
        }

        var blocks = (length - Length) / size;
        return blocks < count && new DuckDbFreeList(file, (int)size, count).CountFrom(blocks, Number(newest, FreeListOffset)) < count - blocks;
    }

    /// <summary>
    /// Whether no other process has written a header in the meantime, and thereby changed the file's end.
    /// </summary>
    private static bool IsUnchanged(FileStream file, ReadOnlySpan<byte> header)
    {
        Span<byte> now = stackalloc byte[Length];
        file.Position = 0;
        return file.ReadAtLeast(now, Length, throwOnEndOfStream: false) == Length && now.SequenceEqual(header);
    }

    private static ReadOnlySpan<byte> Newest(ReadOnlySpan<byte> header)
    {
        var first = header.Slice(Page, Page);
        var second = header.Slice(2 * Page, Page);
        return Number(first, IterationOffset) > Number(second, IterationOffset) ? first : second;
    }

    private static long Number(ReadOnlySpan<byte> header, int offset) => BinaryPrimitives.ReadInt64LittleEndian(header[offset..]);
}
