namespace TandemFetch.Engine.Tests.Support;

/// <summary>
/// The files that this process has open. A DuckDB instance to which something still holds a reference keeps its file
/// open after everybody has closed it; the next instance then works on the same file at the same time.
/// </summary>
internal static class OpenFiles
{
    /// <returns>How many handles to a file there are; none if the system does not provide this.</returns>
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
