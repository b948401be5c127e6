namespace TandemFetch.Engine.Storage;

/// <summary>The number of threads that DuckDB uses for a statement.</summary>
internal static class ThreadCount
{
    // A file of this size has a quarter of a million entries. For fewer, one thread is as quick, and it takes up to a
    // quarter less processor time, because DuckDB's threads poll for work.
    private const long LargeFile = 16 << 20;

    /// <summary>The number for writing much.</summary>
    public static int OfWriter { get; } = Math.Min(Environment.ProcessorCount, 4);

    /// <summary>The number for a file of the size that it has now.</summary>
    public static int For(string path, DatabaseAccess access) =>
        !File.Exists(path) || new FileInfo(path).Length < LargeFile ? 1
        : access == DatabaseAccess.Read ? Environment.ProcessorCount
        : OfWriter;
}
