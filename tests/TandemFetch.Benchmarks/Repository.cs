using System.Runtime.CompilerServices;

namespace TandemFetch.Benchmarks;

/// <summary>The folder of this project.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Folder(), "..", ".."));

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
