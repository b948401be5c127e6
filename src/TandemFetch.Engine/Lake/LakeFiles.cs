using System.Security.Cryptography;

namespace TandemFetch.Engine.Lake;

/// <summary>
/// Writes files of a lake: each beside its place first, so that a reader sees the old one or the new one. New files and
/// folders get the rights that the lake's folder has, so that its owner decides who can read and publish.
/// </summary>
internal static class LakeFiles
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

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
        for (var created = folder; created != lake.Path && created is not null; created = Path.GetDirectoryName(created))
        {
            if (!TrySetMode(created, mode))
            {
                return;
            }
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

    /// <summary>Writes a small file, or replaces it.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content.</param>
    /// <param name="replace">Whether an existing file is replaced; otherwise, it is kept.</param>
    public static void Write(LakeFolder lake, string path, byte[] content, bool replace = true)
    {
        var draft = Path.Join(Path.GetDirectoryName(path), $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        try
        {
            Create(lake, draft);
            using (var file = File.Open(draft, FileMode.Open, FileAccess.Write, FileShare.None))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            Move(draft, path, replace);
        }
        finally
        {
            File.Delete(draft);
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
