using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using TandemFetch.Module.Tests.Support;

namespace TandemFetch.Module.Tests.Reliability;

/// <summary>The script that about_TandemFetch_Scheduling recommends, as schedulers run it.</summary>
public sealed partial class ScheduledRunTests
{
    private static readonly string Page =
        File.ReadAllText(Path.Join(HelpPage.Docs, "en-US", "about_TandemFetch_Scheduling.md"));

    private static string Script => ScriptBlock().Match(Page).Groups[1].Value;

    [Fact]
    public void Every_scheduler_runs_that_script()
    {
        Assert.Equal(3, Regex.Count(Page, "pwsh(\\.exe)? .*-NoProfile (-WindowStyle Hidden )?-File backfill.ps1"));
    }

    [Fact]
    public async Task The_exit_code_says_whether_it_succeeded()
    {
        await using var module = await SandboxedModule.StartAsync();
        await File.WriteAllTextAsync(module.Folder["backfill.ps1"], Script, TestContext.Current.CancellationToken);
        var exported = module.Folder["daily_totals.csv"];
        Assert.Equal((0, ""), await RunAsync(module, "fresh.db"));
        Assert.True(File.Exists(exported));
        File.Delete(exported);
        using var holder = module.Start(
            "Invoke-TandemQuery 'SELECT 1' -AllowWrite -Confirm:$false -Database fresh.db | ForEach-Object { "
            + "[Console]::Out.WriteLine('holding'); $null = [Console]::In.ReadLine() }");
        Assert.Equal("holding", await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        // Each of them waits before it gives up, so they wait at the same time.
        var runs = await Task.WhenAll(
            RunAsync(module, "fresh.db"),
            RunAsync(module, "password.db", ("TANDEM_PASSWORD", "wrong")),
            RunAsync(module, "gone.db", ("TANDEM_ENDPOINT", $"http://127.0.0.1:{UnusedPort()}")));
        var id = holder.Id;
        await holder.StandardInput.WriteLineAsync();
        await ShellProcess.FinishAsync(holder);

        Assert.All(runs, run => Assert.Equal(1, run.ExitCode));
        Assert.Contains($"(PID {id})", runs[0].Errors, StringComparison.Ordinal);
        Assert.Contains("password", runs[1].Errors, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("127.0.0.1", runs[2].Errors, StringComparison.Ordinal);
        Assert.All(["password.db", "gone.db"], name => Assert.False(File.Exists(module.Folder[name])));
        Assert.False(File.Exists(exported));
    }

    private static async Task<(int ExitCode, string Errors)> RunAsync(
        SandboxedModule module, string database, params (string Name, string Value)[] changes)
    {
        var environment = module.Environment;
        environment["TANDEM_DATABASE"] = database;
        environment["TANDEM_CONFIG"] = module.Folder[database + ".config"];
        environment["PSModulePath"] = Path.GetDirectoryName(BuiltModule.Folder.TrimEnd(Path.DirectorySeparatorChar))!;
        foreach (var (name, value) in changes)
        {
            environment[name] = value;
        }

        var run = await ShellProcess.FinishAsync(
            ShellProcess.Start(module.Folder.FullPath, environment, "-NoProfile", "-File", "backfill.ps1"));
        return (run.ExitCode, run.Errors);
    }

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("```powershell\n(Import-Module.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex ScriptBlock();
}
