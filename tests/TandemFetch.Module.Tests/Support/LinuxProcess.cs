using System.Globalization;

namespace TandemFetch.Module.Tests.Support;

/// <summary>What Linux reports of a running process. Of one that has ended, there is nothing.</summary>
internal sealed record LinuxProcess(int Id)
{
    private const int AccessMode = 3;

    private string Folder => $"/proc/{Id}";

    /// <summary>The processes that it has started and that still run.</summary>
    public IReadOnlyList<LinuxProcess> Children =>
    [
        .. Entries("task")
            .SelectMany(thread => Text($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => new LinuxProcess(int.Parse(id, CultureInfo.InvariantCulture)))
            .Where(child => child.PeakBytes > 0),
    ];

    /// <summary>The most memory that it has had resident; 0 if it has ended.</summary>
    public long PeakBytes => long.Parse(
        Text($"{Folder}/status").Split('\n').FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            ?.Split(':')[1].Replace("kB", "", StringComparison.Ordinal) ?? "0",
        CultureInfo.InvariantCulture) << 10;

    /// <summary>Whether it has been started with an environment variable.</summary>
    public bool HasVariable(string name) =>
        Text($"{Folder}/environ").Split('\0').Any(one => one.StartsWith(name + '=', StringComparison.Ordinal));

    /// <summary>Its open files: what each is, and whether it can be written to.</summary>
    public IReadOnlyList<(string Target, bool CanWrite)> Files =>
    [
        .. Entries("fd").Select(path => (Target: TargetOf(path), CanWrite: CanWrite(Path.GetFileName(path))))
            .Where(file => file.Target.Length > 0),
    ];

    /// <summary>What a descriptor of this process is.</summary>
    public static string TargetOf(nint descriptor) => TargetOf($"/proc/self/fd/{descriptor}");

    private static string TargetOf(string path) => Read(() => new FileInfo(path).LinkTarget ?? "");

    private static string Text(string path) => Read(() => File.ReadAllText(path));

    private IReadOnlyList<string> Entries(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries($"{Folder}/{folder}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private bool CanWrite(string descriptor) => Text($"{Folder}/fdinfo/{descriptor}").Split('\n')
        .Where(line => line.StartsWith("flags:", StringComparison.Ordinal))
        .Any(line => (Convert.ToInt32(line.Split(':')[1].Trim(), 8) & AccessMode) != 0);

    // It may have ended meanwhile, or have closed the file.
    private static string Read(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
