using System.Diagnostics;
using System.Text;

namespace TandemFetch.Module.Tests.Support;

/// <summary>
/// A process that runs one command after another, for tests that ask many times what another process sees: starting
/// one takes longer than most of their commands.
/// </summary>
internal sealed class OtherProcess : IAsyncDisposable
{
    private const string End = "End of command:";

    private const string Loop =
        $$"""
        while ($null -ne ($line = [Console]::In.ReadLine())) {
            $failures = try { & ([scriptblock]::Create($line)) *>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] } } catch { $_ }
            $text = ($failures | ForEach-Object { "$($_.FullyQualifiedErrorId) $_" }) -join ' ' -replace '\s+', ' '
            [Console]::Out.WriteLine("{{End}}$text")
        }
        """;

    private readonly Process _process;
    private readonly Task<string> _errors;

    public OtherProcess(SandboxedModule module)
    {
        _process = module.Start(Loop);
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Runs a command of one line to its end.</summary>
    /// <returns>Its errors; empty if there was none.</returns>
    public async Task<string> RunAsync(string command) => (await SendAsync(command)).Errors;

    /// <summary>
    /// Runs a command of one line and shows all of its streams as the prompt does, and the exceptions of its errors.
    /// </summary>
    /// <returns>What it has written to the standard output.</returns>
    public async Task<string> ShowAsync(string command)
    {
        const string Exceptions =
            "ForEach-Object { $_; if ($_ -is [Management.Automation.ErrorRecord]) "
            + "{ \"$($_.FullyQualifiedErrorId) $($_.Exception)\" } }";
        var (output, errors) = await SendAsync(
            $"try {{ {command} *>&1 | {Exceptions} | Out-Default }} catch {{ $_ | {Exceptions} | Out-Default }}");
        Assert.Equal("", errors);
        return output;
    }

    /// <summary>Ends the process.</summary>
    /// <returns>What all commands have written to the standard error.</returns>
    public async Task<string> EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        return await _errors;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using (_process)
        {
            await EndAsync();
        }
    }

    private async Task<(string Output, string Errors)> SendAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        var output = new StringBuilder();
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(End, StringComparison.Ordinal))
            {
                return (output.ToString(), line[End.Length..]);
            }

            output.AppendLine(line);
        }

        return (output.ToString(), "The process ended.");
    }
}
