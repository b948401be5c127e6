namespace TandemFetch.Engine.Tests.Support;

/// <summary>
/// What this process has open. A DuckDB that something still holds on to keeps its file open after everybody has closed it; the next one to be opened then works on
/// the same file beside it.
/// </summary>
internal static class OpenFiles
{
    /// <returns>How many handles there are to a file; none where the system does not tell.</returns>
    public static int Count(string path) =>
        OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Count(handle => Target(handle) == path) : 0;

    private static string? Target(string handle)
    {
        try
        {
            return new FileInfo(handle).LinkTarget;
        }
        catch (IOException)
        {
            // Closed meanwhile.
            return null;
        }
    }
}
