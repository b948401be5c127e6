using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace TandemFetch.Hosting;

/// <summary>
/// PowerShell calls this when the module is imported. From then on the engine is loaded from <c>deps/</c>, in a context
/// of its own.
/// </summary>
public sealed class ModuleIsolation : IModuleAssemblyInitializer
{
    private static readonly Lazy<Assembly> Engine = new(LoadEngine);

    private static int _hooked;

    /// <summary>Hooks the resolution of the engine, once per process, however often the module is imported.</summary>
    public void OnImport()
    {
        if (Interlocked.Exchange(ref _hooked, 1) == 0)
        {
            OwnContext().Resolving += ResolveEngine;
        }
    }

    // Only the engine is resolved here. Its packages are resolved inside its own context, and a request for one of them
    // from outside belongs to somebody else and must not get ours.
    private static Assembly? ResolveEngine(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == EngineLoadContext.EngineName ? Engine.Value : null;

    private static Assembly LoadEngine()
    {
        var module = Path.GetDirectoryName(typeof(ModuleIsolation).Assembly.Location)!;
        return new EngineLoadContext(Path.Join(module, "deps", EngineLoadContext.EngineName + ".dll")).LoadEngine();
    }

    private static AssemblyLoadContext OwnContext() =>
        AssemblyLoadContext.GetLoadContext(typeof(ModuleIsolation).Assembly) ?? AssemblyLoadContext.Default;
}
