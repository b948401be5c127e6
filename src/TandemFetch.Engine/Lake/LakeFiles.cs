using System.Security.Cryptography;

namespace TandemFetch.Engine.Lake;

/// <summary>
/// Writes files of a lake: each beside its place first, so that a reader sees the old one or the new one. New files and
/// folders get the rights that the lake's folder has, so that its owner decides who can read and publish.
/// </summary>
internal static class LakeFiles
{
    private const uint SecondsPerYear = 365 * 86_400;

    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Creates a folder of a lake.</summary>
    public static void CreateFolder(LakeFolder lake, string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (OperatingSystem.IsWindows() || !Directory.Exists(lake.Path))
        {
            OwnerOnly.CreateFolder(folder);
            return;
        }

        Directory.CreateDirectory(folder);
        var mode = File.GetUnixFileMode(lake.Path);
        var created = folder;
        while (created is not null && created != lake.Path && TrySetMode(created, mode))
        {
            created = Path.GetDirectoryName(created);
        }
    }

    /// <summary>Creates an empty file, into which somebody else writes.</summary>
    public static void Create(LakeFolder lake, string path)
    {
        OwnerOnly.CreateFile(path).Dispose();
        if (!OperatingSystem.IsWindows())
        {
            TrySetMode(path, File.GetUnixFileMode(lake.Path) & ~Executable);
        }
    }

    /// <summary>Opens a file that nobody else may open until it is closed.</summary>
    /// <exception cref="IOException">Somebody else has it open.</exception>
    public static FileStream Lock(LakeFolder lake, string path)
    {
        var isNew = !File.Exists(path);
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        if (isNew && !OperatingSystem.IsWindows())
        {
            TrySetMode(path, File.GetUnixFileMode(lake.Path) & ~Executable);
        }

        return file;
    }

    /// <summary>Whether a file has the size and the checksum that its manifest gives.</summary>
    public static bool IsAsListed(string path, LakeFile listed)
    {
        using var content = File.OpenRead(path);
        return content.Length == listed.Bytes && Hex.Of(SHA256.HashData(content)) == listed.Sha256;
    }

    /// <summary>Waits until a file is on the disk.</summary>
    public static void Flush(string path)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Gives a file its place, whether or not there is one.</summary>
    /// <param name="staged">The file.</param>
    /// <param name="path">Its place.</param>
    /// <param name="sha256">Its checksum.</param>
    /// <param name="hidesTime">Whether the time of the file must not tell when it was written.</param>
    public static void Place(string staged, string path, string sha256, bool hidesTime)
    {
        if (hidesTime)
        {
            HideTime(staged, sha256);
        }

        File.Move(staged, path, overwrite: true);
    }

    /// <summary>Writes a small file, or replaces it.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content.</param>
    /// <param name="replace">Whether an existing file is replaced; otherwise, it is kept.</param>
    /// <param name="hidesTime">Whether the time of the file must not tell when it was written.</param>
    public static void Write(
        LakeFolder lake, string path, byte[] content, bool replace = true, bool hidesTime = false)
    {
        var draft = Path.Join(Path.GetDirectoryName(path), DraftOf(path, $"{Guid.NewGuid():N}"));
        try
        {
            Create(lake, draft);
            using (var file = File.Open(draft, FileMode.Open, FileAccess.Write, FileShare.None))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            if (hidesTime)
            {
                HideTime(draft, Hex.Of(SHA256.HashData(content)));
            }

            Move(draft, path, replace);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>
    /// Removes what killed processes have left of <see cref="Write"/>. Nobody else may be writing the file.
    /// </summary>
    public static void RemoveDrafts(string path)
    {
        if (Path.GetDirectoryName(path) is { } folder && Directory.Exists(folder))
        {
            foreach (var draft in Directory.EnumerateFiles(folder, DraftOf(path, "*")))
            {
                File.Delete(draft);
            }
        }
    }

    private static string DraftOf(string path, string id) => $".{Path.GetFileName(path)}.{id}";

    /// <summary>
    /// Gives a file a time in 1970 that depends on its content alone, so that programs that copy what has changed
    /// notice a change. Its own time would tell by how much the newest dates in it are shifted.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="sha256">Its checksum.</param>
    private static void HideTime(string path, string sha256) =>
        File.SetLastWriteTimeUtc(
            path, DateTime.UnixEpoch.AddSeconds(Convert.ToUInt32(sha256[..8], 16) % SecondsPerYear));

    /// <summary>Hides when the folders of a lake, and the lock of a pump, were changed.</summary>
    public static void HideTimes(LakeFolder lake, string key)
    {
        TryHideTime(() => File.SetLastWriteTimeUtc(lake.LockOf(key), DateTime.UnixEpoch));
        foreach (var folder in lake.Folders())
        {
            TryHideTime(() => Directory.SetLastWriteTimeUtc(folder, DateTime.UnixEpoch));
        }
    }

    private static void TryHideTime(Action hide)
    {
        try
        {
            hide();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A folder that belongs to somebody else, or that another publication has just removed.
        }
    }

    private static void Move(string draft, string path, bool replace)
    {
        try
        {
            File.Move(draft, path, replace);
        }
        catch (IOException) when (!replace && File.Exists(path))
        {
            // Another process has just written it.
        }
    }

    private static bool TrySetMode(string path, UnixFileMode mode)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, mode);
            }

            return true;
        }
        catch (UnauthorizedAccessException)
        {
            // It belongs to somebody else, who has given it the rights that it should have.
            return false;
        }
    }
}
