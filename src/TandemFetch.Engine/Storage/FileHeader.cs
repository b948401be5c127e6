namespace TandemFetch.Engine.Storage;

/// <summary>
/// What the first bytes of a DuckDB file say of it. DuckDB itself would fill an empty file, and look for an extension that reads a
/// file of another kind.
/// </summary>
internal static class FileHeader
{
    // A main header with the magic word, then two database headers that are written in turns.
    private const int Length = 3 * Page;
    private const int Page = 4096;
    private const int MagicOffset = 8;

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
            // Held or forbidden: DuckDB says so better.
        }

        if (problem is not null)
        {
            throw new TandemException(
                DatabaseErrors.NotADatabase,
                TandemErrorKind.InvalidData,
                $"'{path}' {problem} It was left as it is; restore a copy, or name another file with -Database and run "
                + "Invoke-TandemBackfill.",
                path);
        }
    }

    private static string? Problem(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.Length == 0)
        {
            return "is empty: there is no database in it.";
        }

        Span<byte> header = stackalloc byte[Length];
        var read = file.ReadAtLeast(header, Length, throwOnEndOfStream: false);
        if (!header[MagicOffset..].StartsWith("DUCK"u8))
        {
            return "is not a DuckDB database, or is damaged.";
        }

        return read < Length ? "is damaged: its end is missing." : null;
    }
}
