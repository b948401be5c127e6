using System.Reflection;

namespace TandemFetch.Module.Tests.Support;

/// <summary>Paths that the build provides.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution.</summary>
    public static readonly string Folder = Metadata("Repository");

    /// <summary>A value that the project file has given to this assembly.</summary>
    public static string Metadata(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(entry => entry.Key == key).Value!;
}
