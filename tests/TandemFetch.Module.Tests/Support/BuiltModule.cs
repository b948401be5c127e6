using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace TandemFetch.Module.Tests.Support;

/// <summary>The module as <c>dotnet build</c> assembled it.</summary>
internal static class BuiltModule
{
    /// <summary>The folder that would be copied to a user's machine.</summary>
    public static readonly string Folder = Repository.Metadata("ModuleOutput");

    /// <summary>What <c>Import-Module</c> is given.</summary>
    public static readonly string Manifest = Path.Join(Folder, "TandemFetch.psd1");

    // Tests derive commands from the module's bases, and are looked at before any test imports the module. They then find
    // the same assemblies at the same paths that PowerShell finds them at.
    [ModuleInitializer]
    internal static void ResolveFromModule() =>
        AssemblyLoadContext.Default.Resolving += static (context, name) =>
            name.Name is "TandemFetch" or "TandemFetch.Records"
                ? context.LoadFromAssemblyPath(Path.Join(Folder, name.Name + ".dll"))
                : null;
}
