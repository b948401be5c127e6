using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using TandemFetch.Engine.Assistant.Server;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Prints the block with which an assistant program starts the server.</summary>
[Cmdlet(VerbsCommon.Get, "TandemAssistantConfiguration")]
[OutputType(typeof(string))]
public sealed class GetTandemAssistantConfigurationCommand : AssistantCommand
{
    private const string PowerShell = "pwsh";
    private const string DotNet = "dotnet";

    /// <summary>Whose form the block has.</summary>
    [Parameter(Position = 0)]
    public AssistantClient Client { get; set; }

    /// <summary>The name of the server, of which clients have one each.</summary>
    [Parameter]
    [ValidatePattern("^[A-Za-z0-9_-]{1,40}$")]
    public string Name { get; set; } = "tandemfetch";

    /// <summary>
    /// Starts the server before PowerShell, which takes less than half the time; for clients that do not wait.
    /// </summary>
    [Parameter]
    public SwitchParameter QuickStart { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var (program, first) = Program();
        string[] arguments =
        [
            .. first, "-NoLogo", "-NoProfile", "-NonInteractive", "-Command",
            QuickStart ? "exit 1" : $"Import-Module {Module()}; {Command()}",
        ];
        var environment = QuickStart ? ServerStart.Environment(Scope(), Limits()) : new Dictionary<string, string>();
        WriteObject(AssistantBlock.Write(Client, Name, program, arguments, environment));
    }

    // The program of a .NET tool is dotnet, with PowerShell's assembly as its first argument.
    private static (string Program, IReadOnlyList<string> First) Program()
    {
        var (path, assembly) = (Environment.ProcessPath ?? PowerShell, Assembly.GetEntryAssembly()?.Location);
        return Path.GetFileNameWithoutExtension(path) switch
        {
            PowerShell => (path, []),
            DotNet when Path.GetFileNameWithoutExtension(assembly) == PowerShell => (path, [assembly!]),
            _ => (PowerShell, []),
        };
    }

    // By its name where PowerShell finds it, so that an update of the module changes nothing.
    private string Module()
    {
        var folder = Path.GetDirectoryName(typeof(GetTandemAssistantConfigurationCommand).Assembly.Location)!;
        var isFound = (Environment.GetEnvironmentVariable("PSModulePath") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(place => folder.StartsWith(Path.TrimEndingDirectorySeparator(place) + Path.DirectorySeparatorChar,
                StringComparison.Ordinal));
        return isFound ? "TandemFetch" : Quoted(Path.Join(folder, "TandemFetch.psd1"));
    }

    private string Command()
    {
        var scope = Scope();
        string[] parts =
        [
            "Start-TandemAssistantServer",
            $"-Database {Quoted(scope.Database)}",
            .. Given(nameof(Include), string.Join(", ", scope.Include)),
            .. Given(nameof(Since), Quoted($"{scope.Since?.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}")),
            .. Given(nameof(CallTimeout), CallTimeout.ToString(CultureInfo.InvariantCulture)),
            .. Given(nameof(MemoryLimit), MemoryLimit.ToString(CultureInfo.InvariantCulture)),
            .. Given(nameof(LockTimeout), LockTimeout.ToString(CultureInfo.InvariantCulture)),
        ];
        return string.Join(' ', parts);
    }

    private IEnumerable<string> Given(string parameter, string value) =>
        MyInvocation.BoundParameters.ContainsKey(parameter) ? [$"-{parameter} {value}"] : [];

    private static string Quoted(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
