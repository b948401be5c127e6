using System.Reflection;
using System.Runtime.Loader;
using TandemFetch.Engine;
using TandemFetch.Records;

namespace TandemFetch.Hosting;

/// <summary>
/// The private load context of the engine, its packages and its native libraries, so that their versions conflict
/// neither with PowerShell's own nor with those of other modules.
/// </summary>
internal sealed class EngineLoadContext(string enginePath) : AssemblyLoadContext("TandemFetch")
{
    /// <summary>The only assembly through which the module enters this context.</summary>
    public const string EngineName = "TandemFetch.Engine";

    private static readonly Assembly Records = typeof(SourceSession).Assembly;

    private readonly AssemblyDependencyResolver _resolver = new(enginePath);

    /// <summary>Loads the engine, once.</summary>
    public Assembly LoadEngine() => LoadFromAssemblyPath(enginePath);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // The engine creates the records and cmdlets emit them, so both must use the same types.
        if (assemblyName.Name == Records.GetName().Name)
        {
            return Records;
        }

        if (FrameworkAssembly.Replaces(assemblyName))
        {
            return null;
        }

        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
