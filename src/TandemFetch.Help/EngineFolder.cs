using System.Runtime.Loader;

namespace TandemFetch.Help;

/// <summary>The engine in its build output, together with its packages and DuckDB's native library.</summary>
internal static class EngineFolder
{
    /// <summary>Resolves the engine and its dependencies from that folder. Call it before the first use of an engine type.</summary>
    /// <param name="engine">Path of <c>TandemFetch.Engine.dll</c>.</param>
    public static void LoadFrom(string engine)
    {
        var resolver = new AssemblyDependencyResolver(Path.GetFullPath(engine));
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            resolver.ResolveAssemblyToPath(name) is { } path ? context.LoadFromAssemblyPath(path) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
            resolver.ResolveUnmanagedDllToPath(name) is { } path ? System.Runtime.InteropServices.NativeLibrary.Load(path) : 0;
    }
}
