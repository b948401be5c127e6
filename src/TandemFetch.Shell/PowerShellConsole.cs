using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell;

namespace TandemFetch.Shell;

/// <summary>PowerShell's own console, with the module imported.</summary>
internal static class PowerShellConsole
{
    private const string Greeting =
        "PowerShell with TandemFetch. Invoke-TandemBackfill fetches the log; Get-Command -Module TandemFetch lists the commands.";

    private static readonly string Manifest = Path.Join(
        typeof(PowerShellConsole).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(entry => entry.Key == "ModuleOutput").Value,
        "TandemFetch.psd1");

    /// <summary>Opens a prompt if there are no arguments; otherwise runs what they specify.</summary>
    /// <param name="arguments">A script and its arguments, or those of pwsh.</param>
    /// <returns>The exit code of pwsh.</returns>
    /// <exception cref="FileNotFoundException">The module has not been built.</exception>
    public static int Run(string[] arguments)
    {
        if (!File.Exists(Manifest))
        {
            throw new FileNotFoundException($"There is no module at {Manifest}. Build the solution.");
        }

        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");
        if (Console.IsOutputRedirected || Console.IsErrorRedirected)
        {
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        }

        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(Manifest);
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        // Without a line editor, the console discards the modules of its initial state, so the prompt imports the
        // module by a command.
        var import = $"Import-Module '{CodeGeneration.EscapeSingleQuotedStringContent(Manifest)}'";
        string[] words = arguments switch
        {
            [] => ["-NoExit", "-Command", $"{import}; '{Greeting}'"],
            [['-', ..], ..] => arguments,
            _ => ["-File", .. arguments],
        };
        return ConsoleShell.Start(state, bannerText: "", helpText: "", ["-NoProfile", "-NoLogo", .. words]);
    }
}
