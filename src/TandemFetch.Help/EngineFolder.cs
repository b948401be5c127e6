using System.Runtime.Loader;

namespace TandemFetch.Help;

/// <summary>The engine where its own build left it, with its packages and DuckDB's library.</summary>
internal static class EngineFolder
{
    /// <summary>From now on, the engine and what it needs are found there. To be called before any of its types is touched.</summary>
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
