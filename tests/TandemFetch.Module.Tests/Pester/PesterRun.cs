using System.Diagnostics;
using System.Management.Automation.Language;
using System.Text.Json;
using TandemFetch.Module.Tests.Support;

namespace TandemFetch.Module.Tests.Pester;

/// <summary>A run of all Pester tests, in the pwsh of the tool manifest with the Pester of the package.</summary>
public sealed class PesterRun : IAsyncLifetime
{
    private static readonly string Folder = Path.Join(Repository.Folder, "tests", "Pester");

    private PesterReport _report = new("", [], []);

    /// <summary>The version of pwsh.</summary>
    public string PowerShellVersion => _report.PowerShell;

    /// <summary>Failures of files and blocks that do not belong to a test.</summary>
    public IReadOnlyList<string> FailuresOutside => _report.Outside;

    /// <summary>The tests that Pester found, as <see cref="Written"/> names them.</summary>
    public IEnumerable<string> Names => _report.Tests.Select(outcome => outcome.Test).Distinct();

    /// <summary>The tests of the files, found without running them.</summary>
    public static IEnumerable<string> Written() => Directory.EnumerateFiles(Folder, "*.Tests.ps1")
        .Order(StringComparer.Ordinal)
        .SelectMany(file => TestsIn(Parser.ParseFile(file, out _, out _))
            .Select(test => $"{Path.GetFileName(file)}: {string.Join(' ', PathOf(test))}"))
        .Distinct();

    /// <summary>The outcomes of a test: one, or one for each value of its <c>-ForEach</c>.</summary>
    public IReadOnlyList<PesterOutcome> Of(string test) => [.. _report.Tests.Where(outcome => outcome.Test == test)];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "tool", "run", "pwsh", "--", "-NoProfile", "-NonInteractive", "-File", Path.Join(AppContext.BaseDirectory, "Pester", "Report.ps1"),
                Repository.Metadata("Pester"), Folder, folder["report.json"],
            ])
        {
            WorkingDirectory = Repository.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        start.Environment["NO_COLOR"] = "1";

        var (exitCode, output, errors) = await ShellProcess.FinishAsync(Process.Start(start)!);
        Assert.True(exitCode == 0 && errors.Length == 0, output + errors);
        _report = JsonSerializer.Deserialize<PesterReport>(
            await File.ReadAllTextAsync(folder["report.json"], TestContext.Current.CancellationToken))!;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IEnumerable<CommandAst> TestsIn(ScriptBlockAst script) =>
        script.FindAll(part => part is CommandAst command && command.GetCommandName() == "It", searchNestedScriptBlocks: true)
            .Cast<CommandAst>();

    /// <summary>The names of the blocks around a test, and its own.</summary>
    private static IEnumerable<string> PathOf(CommandAst test)
    {
        List<string> path = [];
        for (Ast? part = test; part is not null; part = part.Parent)
        {
            if (part is CommandAst command && command.GetCommandName() is "Describe" or "Context" or "It")
            {
                path.Insert(0, command.CommandElements[1] is StringConstantExpressionAst name ? name.Value : command.CommandElements[1].Extent.Text);
            }
        }

        return path;
    }
}
