using System.Reflection;

namespace TandemFetch.Module.Tests.Support;

/// <summary>What the build knows about where things are.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution.</summary>
    public static readonly string Folder = Metadata("Repository");

    /// <summary>A value that the project file gave to this assembly.</summary>
    public static string Metadata(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(entry => entry.Key == key).Value!;
}
