using System.Globalization;
using System.Text.Json;
using TandemFetch.Engine.Assistant.Worker;

namespace TandemFetch.Engine.Assistant.Server;

/// <summary>Starts the server before the program of its process, so that PowerShell need not start.</summary>
public static class ServerStart
{
    /// <summary>The environment variable with what the server may show and take.</summary>
    public const string Variable = "TANDEM_ASSISTANT_SERVER";

    /// <summary>The environment with which any program that runs on .NET becomes the server.</summary>
    /// <param name="scope">What the client may see.</param>
    /// <param name="limits">How much a call may take.</param>
    public static IReadOnlyDictionary<string, string> Environment(AssistantScope scope, AssistantLimits limits) =>
        new Dictionary<string, string>
        {
            [WorkerStart.Hooks] = typeof(ServerStart).Assembly.Location,
            [Variable] = JsonSerializer.Serialize(new WorkerSettings(scope, limits), AssistantJson.Options),
        };

    /// <summary>
    /// The engine of the newest version of the module that is installed beside the one whose engine the environment
    /// names: an update adds a folder, and the client's block remains as it is.
    /// </summary>
    /// <param name="engine">The path of the engine that the environment names.</param>
    internal static string NewestEngine(string engine)
    {
        var module = Path.GetDirectoryName(Path.GetDirectoryName(engine));
        if (!Version.TryParse(Path.GetFileName(module), out var version))
        {
            return engine;
        }

        return Directory.GetDirectories(Path.GetDirectoryName(module)!)
            .Select(folder => (
                Version: Version.TryParse(Path.GetFileName(folder), out var other) ? other : version,
                Engine: Path.Join(folder, Path.GetRelativePath(module!, engine))))
            .Where(other => other.Version > version && File.Exists(other.Engine))
            .OrderBy(other => other.Version)
            .Select(other => other.Engine)
            .LastOrDefault(engine);
    }

    /// <summary>Serves the standard input until it ends, and ends the process.</summary>
    public static void RunToEnd()
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var exitCode = 0;
        using (var output = StandardOutput.Take())
        {
            try
            {
                var text = System.Environment.GetEnvironmentVariable(Variable)!;
                var settings = JsonSerializer.Deserialize<WorkerSettings>(text, AssistantJson.Options)!;
                AssistantServer.RunOnStandardStreamsAsync(
                    settings.Scope, settings.Limits, AuditFile.OfUser(), output, CancellationToken.None)
                    .GetAwaiter().GetResult();
            }
            catch (Exception failure) when (failure is TandemException or JsonException)
            {
                Console.Error.WriteLine(failure.Message);
                exitCode = 1;
            }
        }

        System.Environment.Exit(exitCode);
    }
}
