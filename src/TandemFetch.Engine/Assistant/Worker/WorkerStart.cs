using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using TandemFetch.Engine.Assistant.Server;

namespace TandemFetch.Engine.Assistant.Worker;

/// <summary>How the process of the calls is started, and what it runs.</summary>
internal static class WorkerStart
{
    /// <summary>The environment variable that marks the process.</summary>
    public const string Variable = "TANDEM_ASSISTANT_WORKER";

    /// <summary>The environment variable with .NET's startup hooks.</summary>
    public const string Hooks = "DOTNET_STARTUP_HOOKS";

    /// <summary>The program that runs this process, with the engine as its startup hook.</summary>
    /// <exception cref="TandemException"><see cref="AssistantErrors.NotStarted"/>.</exception>
    public static ProcessStartInfo Info()
    {
        var program = Environment.ProcessPath ?? throw NotStarted("The path of this program is unknown.");
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetEntryAssembly()?.Location ?? Environment.GetCommandLineArgs()[0]);
        }

        // Should the program not know hooks, this is all that it runs.
        foreach (var argument in (string[])["-NoProfile", "-NonInteractive", "-Command", "exit 1"])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[Variable] = "1";

        // No socket and no pipes in the folder of temporary files, which would remain after it was killed.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment.Remove(ServerStart.Variable);
        start.Environment[Hooks] = typeof(WorkerStart).Assembly.Location;
        return start;
    }

    /// <summary>The failure of a process that does not start.</summary>
    public static TandemException NotStarted(string reason, Exception? cause = null) => new(
        AssistantErrors.NotStarted,
        TandemErrorKind.ResourceUnavailable,
        $"The process in which calls run cannot be started. {reason}",
        innerException: cause);

    /// <summary>Runs something of the engine until its end.</summary>
    /// <param name="program">What has a method <c>RunToEnd</c>.</param>
    /// <param name="engine">The path of the engine.</param>
    public static void Run(Type program, string engine)
    {
        // Beside the installed engine are its packages; in any other program, they are the program's own.
        var assembly = File.Exists(Path.ChangeExtension(engine, ".deps.json"))
            ? new WorkerLoadContext(engine).LoadFromAssemblyPath(engine)
            : program.Assembly;
        assembly.GetType(program.FullName!)!
            .GetMethod(nameof(WorkerLoop.RunToEnd), BindingFlags.Static | BindingFlags.Public)!
            .Invoke(null, null);
    }

    /// <summary>The engine with its packages, apart from those of the program that runs it.</summary>
    private sealed class WorkerLoadContext(string engine) : AssemblyLoadContext("TandemFetch")
    {
        private const string Records = "TandemFetch.Records";

        private readonly AssemblyDependencyResolver _resolver = new(engine);

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (FrameworkAssembly.Replaces(assemblyName))
            {
                return null;
            }

            // The module has them one folder further up, because its commands use them, too.
            var path = assemblyName.Name == Records
                ? Path.Join(Path.GetDirectoryName(engine), "..", Records + ".dll")
                : _resolver.ResolveAssemblyToPath(assemblyName);
            return path is null || !File.Exists(path) ? null : LoadFromAssemblyPath(Path.GetFullPath(path));
        }

        protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
            _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
    }
}
