using System.Text;
using TandemFetch.Module.Tests.Support;
using TandemFetch.Sandbox.Nightscout;

namespace TandemFetch.Module.Tests.Help;

/// <summary>
/// Runs all examples of the help and the README as written, in the shell, against a sandbox and a Nightscout site, each
/// page in a folder of its own with a filled database.
/// </summary>
public sealed class ExampleRun : IAsyncLifetime
{
    /// <summary>The examples of each command's help, and those of the README.</summary>
    public static readonly IReadOnlyList<(string Page, string Title, string Code)> All =
    [
        .. HelpPage.Commands.SelectMany(command => new HelpPage(command).Examples.Select(example => (command, example.Title, example.Code))),
        .. HelpPage.OfReadme.Select((code, index) => ("README", $"Block {index + 1}", code)),
    ];

    private readonly Dictionary<string, string[]> _outcomes = [];
    private string _transcript = "";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        using var folder = new TemporaryFolder();
        await using var nightscout = await NightscoutServer.StartAsync();
        await File.WriteAllTextAsync(folder["examples.ps1"], Script(nightscout.BaseAddress));
        var (_, output, errors) = await ShellProcess.RunAsync(folder.FullPath, "--sandbox", "--days", "8", folder["examples.ps1"]);
        _transcript = output + errors;
        foreach (var line in output.Split('\n').Where(line => line.StartsWith("outcome|", StringComparison.Ordinal)))
        {
            var parts = line.TrimEnd().Split('|', 4);
            _outcomes[parts[1]] = parts[2..];
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The outcome of an example, and the reason.</summary>
    public (string Outcome, string Reason) Of(string example) =>
        _outcomes.TryGetValue(example, out var outcome) ? (outcome[0], outcome[1]) : ("missing", _transcript);

    private static string Script(Uri nightscout)
    {
        var script = new StringBuilder(
            $"""
            $env:TANDEM_NIGHTSCOUT_URI = '{nightscout}'
            $env:TANDEM_NIGHTSCOUT_SECRET = '{new NightscoutOptions().ApiSecret}'

            """);
        script.Append(
            """
            $paths = $ExecutionContext.SessionState.Path
            $root = $paths.CurrentFileSystemLocation.ProviderPath
            $filled = [IO.Path]::Combine($root, 'data', 'tandem.db')
            $null = Invoke-TandemBackfill
            function Enter-Page($Name) {
                $folder = [IO.Path]::Combine($root, $Name)
                $null = [IO.Directory]::CreateDirectory([IO.Path]::Combine($folder, 'data'))
                [IO.File]::Copy($filled, [IO.Path]::Combine($folder, 'data', 'tandem.db'))
                $null = $paths.SetLocation($folder)
                $env:TANDEM_CONFIG = [IO.Path]::Combine($folder, 'config')
            }
            function Invoke-Example($Name, $Text) {
                $code = [scriptblock]::Create($Text)
                try { $failures = @(& $code 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] }) } catch { $failures = @($_) }
                if ($failures) { "outcome|$Name|failed|$($failures[0].FullyQualifiedErrorId) $($failures[0])" } else { "outcome|$Name|passed|" }
            }

            """);
        foreach (var page in All.GroupBy(example => example.Page))
        {
            script.Append($"Enter-Page {page.Key}\n");
            foreach (var (_, title, code) in page)
            {
                script.Append($"Invoke-Example '{Quote($"{page.Key}, {title}")}' '{Quote(code)}'\n");
            }
        }

        return script.ToString();
    }

    private static string Quote(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
