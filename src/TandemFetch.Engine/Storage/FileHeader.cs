using System.Buffers.Binary;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// What the first bytes of a DuckDB file say of it. DuckDB itself would fill an empty file, look for an extension that reads a file
/// of another kind, and open one that is cut off, to stumble over the missing end when it comes to it.
/// </summary>
internal static class FileHeader
{
    // A main header with the magic word, then two database headers that are written in turns.
    private const int Length = 3 * Page;
    private const int Page = 4096;
    private const int MagicOffset = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <exception cref="TandemException"><see cref="DatabaseErrors.NotADatabase"/>.</exception>
    public static void Check(string path)
    {
        try
        {
            // A writer may be moving the file's end just now.
            for (var attempt = 0; attempt < 5; attempt++)
            {
                if (Problem(path) is not { } problem)
                {
                    return;
                }

                if (attempt == 4 || !problem.CanPass)
                {
                    throw new TandemException(
                        DatabaseErrors.NotADatabase,
                        TandemErrorKind.InvalidData,
                        $"'{path}' {problem.What} It was left as it is; restore a copy, or name another file with -Database and run "
                        + "Invoke-TandemBackfill.",
                        path);
                }

                Thread.Sleep(Pause);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Held or forbidden: DuckDB says so better.
        }
    }

    private static (string What, bool CanPass)? Problem(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var length = file.Length;
        if (length == 0)
        {
            return ("is empty: there is no database in it.", false);
        }

        Span<byte> header = stackalloc byte[Length];
        var read = file.ReadAtLeast(header, Length, throwOnEndOfStream: false);
        if (!header[MagicOffset..].StartsWith("DUCK"u8))
        {
            return ("is not a DuckDB database, or is damaged.", false);
        }

        return read < Length || length < ExpectedLength(header)
            ? ("is damaged: its end is missing.", true)
            : null;
    }

    /// <summary>How long the file must be at least; 0 where this module does not understand the header.</summary>
    private static long ExpectedLength(ReadOnlySpan<byte> header)
    {
        var first = header[Page..];
        var second = header[(2 * Page)..];
        var newer = Field(first, 1) > Field(second, 1) ? first : second;
        var (blocks, size) = (Field(newer, 4), Field(newer, 5));
        return blocks is > 0 and < 1L << 40 && size is >= 16_384 and <= 1 << 24 && long.IsPow2(size) ? Length + (blocks * size) : 0;
    }

    // Checksum, iteration, first block of the catalogue, first block of the free list, number of blocks, their size.
    private static long Field(ReadOnlySpan<byte> page, int index) => BinaryPrimitives.ReadInt64LittleEndian(page[(index * sizeof(long))..]);
}
