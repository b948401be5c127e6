using System.Reflection;

namespace TandemFetch.Engine;

/// <summary>Assemblies that .NET itself has in a version that is no older than that of the packages.</summary>
internal static class FrameworkAssembly
{
    /// <summary>Whether .NET's own can be used: it is compiled for this machine, and loads faster.</summary>
    public static bool Replaces(AssemblyName name)
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var path = Path.Join(folder, name.Name + ".dll");
        return name.Name?.StartsWith("System.", StringComparison.Ordinal) == true
            && File.Exists(path)
            && AssemblyName.GetAssemblyName(path).Version >= name.Version;
    }
}
