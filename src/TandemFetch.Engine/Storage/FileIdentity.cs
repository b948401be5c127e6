namespace TandemFetch.Engine.Storage;

/// <summary>
/// Which file a path leads to. One file can have several names: through a link to it, a link to a folder above it, or a
/// second (hard) link. DuckDB goes by the spelling, for its lock within a process as for the log beside the file.
/// </summary>
internal static class FileIdentity
{
    // As many as Linux follows before it gives up.
    private const int MostLinks = 40;

    /// <summary>How paths of this machine are compared.</summary>
    public static StringComparer PathComparer { get; } =
        OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>
    /// The full path with every link on the way followed; the part that does not exist stays as it is.
    /// </summary>
    public static string Resolve(string path)
    {
        path = Path.GetFullPath(path);
        var resolved = Path.GetPathRoot(path)!;
        var left = new Stack<string>(Parts(path[resolved.Length..]));
        var links = 0;
        while (left.TryPop(out var part))
        {
            var next = part == ".." ? Path.GetDirectoryName(resolved) ?? resolved : Path.Join(resolved, part);
            if (part == ".." || TargetOf(next) is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++links > MostLinks)
            {
                return path;
            }

            var root = Path.GetPathRoot(target) ?? "";
            resolved = Path.IsPathFullyQualified(target) ? root : resolved;
            foreach (var step in Parts(target[root.Length..]))
            {
                left.Push(step);
            }
        }

        return resolved;
    }

    /// <summary>
    /// What the file at a path is known by, whatever its name: device and file number; the resolved path where there is
    /// no file, or the file system does not number its files.
    /// </summary>
    /// <remarks>
    /// The file is not opened on Linux and macOS, where closing it would end this process's lock on it.
    /// </remarks>
    public static string Of(string path)
    {
        path = Resolve(path);
        return FileNumber.Find(path) ?? path;
    }

    /// <summary>Whether two paths lead to one file.</summary>
    public static bool AreSame(string one, string other) => PathComparer.Equals(Of(one), Of(other));

    // The last part first, as they are pushed.
    private static IEnumerable<string> Parts(string path) =>
        path.Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar],
            StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Reverse();

    private static string? TargetOf(string path)
    {
        try
        {
            return Directory.Exists(path) ? new DirectoryInfo(path).LinkTarget : new FileInfo(path).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What cannot be looked into cannot be followed; opening it says why.
            return null;
        }
    }
}
