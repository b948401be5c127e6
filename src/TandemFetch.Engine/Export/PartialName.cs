using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace TandemFetch.Engine.Export;

/// <summary>
/// The names of files and folders that an export is writing. They contain the machine and the process, so that a later
/// export can remove what a killed one has left behind, and never what another one is still writing.
/// </summary>
internal static partial class PartialName
{
    /// <summary>What follows the name of a folder that is being replaced.</summary>
    public const string Replaced = ".old";

    // For what another machine, or an older version, has left: no export takes that long.
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private static readonly string Machine =
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Environment.MachineName)))[..8];

    /// <summary>A temporary name for a file or folder.</summary>
    /// <param name="name">The name that it will have when it is complete.</param>
    public static string New(string name) => string.Create(
        CultureInfo.InvariantCulture,
        $".{name}.{Machine}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}.partial");

    /// <summary>
    /// Removes what killed exports to a path have left beside it. If one was killed while it replaced a folder, the
    /// folder gets its name back.
    /// </summary>
    public static void RemoveAbandoned(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var name = Path.GetFileName(path);
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var left in new DirectoryInfo(folder).GetFileSystemInfos($".{name}.*"))
        {
            var match = Rest().Match(left.Name[(name.Length + 2)..]);
            if (match.Success && IsAbandoned(left, match))
            {
                Remove(left, path);
            }
        }
    }

    private static void Remove(FileSystemInfo left, string path)
    {
        try
        {
            if (left is not DirectoryInfo folder)
            {
                left.Delete();
            }
            else if (left.Name.EndsWith(Replaced, StringComparison.Ordinal) && !Path.Exists(path))
            {
                folder.MoveTo(path);
            }
            else
            {
                folder.Delete(recursive: true);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Another export has just removed it, or it belongs to somebody else.
        }
    }

    private static bool IsAbandoned(FileSystemInfo left, Match match) =>
        TimeProvider.System.GetUtcNow() - left.LastWriteTimeUtc > Abandoned
        || (match.Groups["machine"].Value == Machine && !IsRunning(match.Groups["process"].Value));

    private static bool IsRunning(string process)
    {
        try
        {
            using var found = Process.GetProcessById(int.Parse(process, CultureInfo.InvariantCulture));
            return true;
        }
        catch (Exception problem) when (problem is ArgumentException or OverflowException)
        {
            return false;
        }
    }

    // Older versions wrote a GUID without the process.
    [GeneratedRegex(
        @"\A(?:(?<machine>[0-9A-F]{8})-(?<process>[0-9]{1,10})-[0-9a-f]{8}|[0-9a-f]{32})\.partial(?:\.draft|\.old)?\z")]
    private static partial Regex Rest();
}
