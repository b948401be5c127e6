namespace TandemFetch.Engine.Storage;

/// <summary>
/// Determines to which file a path leads. A file can have several names: through a link to it, a link to a folder above
/// it, or a second (hard) link. DuckDB uses the spelling of the path, both for its lock within a process and for the
/// log beside the file.
/// </summary>
internal static class FileIdentity
{
    // The number of links that Linux follows before it gives up.
    private const int MostLinks = 40;

    /// <summary>How paths are compared on this machine.</summary>
    public static StringComparer PathComparer { get; } =
        OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>The full path with all links followed; a part that does not exist is left unchanged.</summary>
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
    /// The identity of the file at a path, whatever its name: device and file number; or the resolved path if there is
    /// no file or the file system has no file numbers.
    /// </summary>
    /// <remarks>
    /// On Linux and macOS the file is not opened, because closing it would release this process's lock on it.
    /// </remarks>
    public static string Of(string path)
    {
        path = Resolve(path);
        return FileNumber.Find(path) ?? path;
    }

    /// <summary>Whether two paths lead to the same file.</summary>
    public static bool AreSame(string one, string other) => PathComparer.Equals(Of(one), Of(other));

    /// <summary>Whether a path leads to a database, of which the write-ahead log beside it is a part.</summary>
    public static bool IsDatabase(string path, string database) =>
        AreSame(path, database) || AreSame(path, database + ".wal");

    // The last part first, because they are pushed onto a stack.
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
            // A folder that cannot be read cannot be followed; opening the file will report why.
            return null;
        }
    }
}
