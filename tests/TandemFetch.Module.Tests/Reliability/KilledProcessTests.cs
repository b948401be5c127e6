using System.Diagnostics;
using TandemFetch.Module.Tests.Support;
using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests.Reliability;

/// <summary>The process is killed, as by a machine that loses power, at any moment and again and again.</summary>
public sealed class KilledProcessTests
{
    private static bool IsLong => System.Environment.GetEnvironmentVariable("TANDEM_TESTS") == "long";

    [Fact]
    public async Task A_backfill_that_is_killed_again_and_again_ends_like_an_undisturbed_one()
    {
        await using var module = await SandboxedModule.StartAsync(
            new SandboxOptions { Days = IsLong ? 120 : 30, EndDate = new DateOnly(2026, 6, 30) });
        module.Run($"{module.Connect}; Invoke-TandemBackfill").Succeeded();
        var database = module.Folder["killed.db"];
        var seed = (int)DateTime.UtcNow.Ticks;
        var random = new Random(seed);
        var span = await MeasureAsync(module);
        var (kills, wanted) = (0, IsLong ? 100 : 10);

        // Some runs end before their time has come; what a run left undone, the next one goes on with, or does anew.
        for (var round = 0; kills < wanted && round < 4 * wanted; round++)
        {
            kills += await KillAsync(module, Backfill(database, rebuild: round % 3 > 0), span * random.NextDouble()) ? 1 : 0;
        }

        var clean = await module.RunApartAsync(Backfill(database, rebuild: false));
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}: {kills} runs killed within {span.TotalSeconds:N1} s of their first request");
        Assert.Equal((0, ""), (clean.ExitCode, clean.Errors));
        Assert.Equal(wanted, kills);
        Assert.Equal(module.Fingerprint(module.Database), module.Fingerprint(database));
        Assert.Empty(module.Findings(database));
    }

    private static string Backfill(string database, bool rebuild) =>
        $"$null = Invoke-TandemBackfill -Database '{database}'" + (rebuild ? " -Rebuild" : "");

    /// <summary>From the first request of an undisturbed run to its end.</summary>
    private static async Task<TimeSpan> MeasureAsync(SandboxedModule module)
    {
        var process = module.Start(Backfill(module.Folder["measured.db"], rebuild: false));
        var clock = await FirstRequestAsync(module, process);
        await ShellProcess.FinishAsync(process);
        return clock.Elapsed;
    }

    /// <returns>Whether it was still running.</returns>
    private static async Task<bool> KillAsync(SandboxedModule module, string command, TimeSpan delay)
    {
        var process = module.Start(command);
        await FirstRequestAsync(module, process);
        using var wait = new CancellationTokenSource(delay);
        try
        {
            await process.WaitForExitAsync(wait.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        var run = await ShellProcess.FinishAsync(process);
        Assert.True(run.Errors.Length == 0, run.Errors);
        return run.ExitCode != 0;
    }

    private static async Task<Stopwatch> FirstRequestAsync(SandboxedModule module, Process process)
    {
        var before = module.Server.Requests.All.Count;
        while (module.Server.Requests.All.Count == before && !process.HasExited)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        return Stopwatch.StartNew();
    }
}
