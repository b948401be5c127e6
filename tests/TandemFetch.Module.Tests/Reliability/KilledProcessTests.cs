using TandemFetch.Module.Tests.Support;
using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests.Reliability;

/// <summary>The process is killed repeatedly at any point, as if the machine had lost power.</summary>
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
        var undisturbed = await module.RunApartAsync(Backfill(module.Folder["undisturbed.db"], rebuild: false));
        var lines = undisturbed.Output.Split('\n').Length;
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}: to be killed after one of {lines} lines");
        var random = new Random(seed);
        var (kills, wanted) = (0, IsLong ? 100 : 10);

        // Some runs end before they are killed; the next run completes or repeats what a run left undone.
        for (var round = 0; kills < wanted && round < 4 * wanted; round++)
        {
            kills += await KillAsync(module, Backfill(database, rebuild: round % 3 > 0), random.Next(lines)) ? 1 : 0;
        }

        var clean = await module.RunApartAsync(Backfill(database, rebuild: false));
        Assert.Equal((0, ""), (clean.ExitCode, clean.Errors));
        Assert.Equal(wanted, kills);
        Assert.Equal(module.Fingerprint(module.Database), module.Fingerprint(database));
        Assert.Empty(module.Findings(database));
    }

    private static string Backfill(string database, bool rebuild) =>
        $"Invoke-TandemBackfill -Database '{database}' -Verbose -Debug" + (rebuild ? " -Rebuild" : "");

    /// <summary>Kills a run after this many messages.</summary>
    /// <returns>Whether it was still running.</returns>
    private static async Task<bool> KillAsync(SandboxedModule module, string command, int lines)
    {
        var process = module.Start(command);
        for (var line = 0; line < lines; line++)
        {
            if (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is null)
            {
                break;
            }
        }

        process.Kill();
        var run = await ShellProcess.FinishAsync(process);
        Assert.True(run.Errors.Length == 0, run.Errors);
        return run.ExitCode != 0;
    }
}
