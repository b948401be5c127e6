using System.Diagnostics;

namespace TandemFetch.Module.Tests.Support;

/// <summary>
/// A process that runs one command after another, for tests that ask many times what another process sees: starting
/// one takes longer than most of their commands.
/// </summary>
internal sealed class OtherProcess : IAsyncDisposable
{
    private const string Loop =
        """
        while ($null -ne ($line = [Console]::In.ReadLine())) {
            $failures = try { & ([scriptblock]::Create($line)) *>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] } } catch { $_ }
            [Console]::Out.WriteLine(($failures | ForEach-Object { "$($_.FullyQualifiedErrorId) $_" }) -join ' ')
        }
        """;

    private readonly Process _process;

    public OtherProcess(SandboxedModule module) => _process = module.Start(Loop);

    /// <summary>Runs a command of one line to its end.</summary>
    /// <returns>Its errors; empty if there was none.</returns>
    public async Task<string> RunAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        return await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? "The process ended.";
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await ShellProcess.FinishAsync(_process);
}
