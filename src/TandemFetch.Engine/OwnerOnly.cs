namespace TandemFetch.Engine;

/// <summary>
/// Files that only their owner can read, because they contain health data or tokens. On Windows, files in the user's
/// own folders are protected by their folder.
/// </summary>
internal static class OwnerOnly
{
    /// <summary>The mode of a file.</summary>
    public const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The mode of a folder.</summary>
    public const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;

    /// <summary>Creates a folder, and those above it. One that exists keeps its mode.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderMode);
        }
    }

    /// <summary>Creates a file to write to.</summary>
    /// <exception cref="IOException">It exists, or cannot be created.</exception>
    public static FileStream CreateFile(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = System.IO.FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode;
        }

        return new FileStream(path, options);
    }

    /// <summary>Takes the rights to a file away from everybody but its owner.</summary>
    public static void Restrict(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, FileMode);
        }
    }

    /// <summary>
    /// Whether a file belongs to the user, who alone can set its mode. Root can do so with every file. On Windows, always.
    /// </summary>
    public static bool IsOwn(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        try
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path));
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Gives a file that replaces another one the rights that the other one has, if it exists.</summary>
    public static void KeepMode(string path, string replaced)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(replaced))
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(replaced));
        }
    }

    /// <summary>
    /// Gives a file at most the rights that another one has, which has the same content. Does nothing if there is no
    /// such file.
    /// </summary>
    public static void RestrictLike(string path, string other)
    {
        if (OperatingSystem.IsWindows() || new FileInfo(path) is not { Exists: true } file)
        {
            return;
        }

        try
        {
            var (mode, allowed) = (file.UnixFileMode, File.GetUnixFileMode(other));
            if ((mode & ~allowed) != 0)
            {
                File.SetUnixFileMode(path, mode & allowed);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // It has just been deleted, it belongs to somebody else, or its file system has no modes.
        }
    }
}
