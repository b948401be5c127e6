using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace TandemFetch.Module.Tests.Support;

/// <summary>The module that <c>dotnet build</c> assembled.</summary>
internal static class BuiltModule
{
    /// <summary>The folder to copy to a user's machine.</summary>
    public static readonly string Folder = Repository.Metadata("ModuleOutput");

    /// <summary>The path for <c>Import-Module</c>.</summary>
    public static readonly string Manifest = Path.Join(Folder, "TandemFetch.psd1");

    // Tests derive commands from the module's base classes, and are inspected before any test imports the module. They
    // then find the same assemblies at the same paths as PowerShell does.
    [ModuleInitializer]
    internal static void ResolveFromModule() =>
        AssemblyLoadContext.Default.Resolving += static (context, name) =>
            name.Name is "TandemFetch" or "TandemFetch.Records"
                ? context.LoadFromAssemblyPath(Path.Join(Folder, name.Name + ".dll"))
                : null;
}
