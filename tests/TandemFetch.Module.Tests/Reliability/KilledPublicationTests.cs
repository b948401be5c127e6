using TandemFetch.Module.Tests.Support;
using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests.Reliability;

/// <summary>
/// Two processes publish different pumps to one lake at once, again and again, and one of them is killed at any moment.
/// </summary>
public sealed class KilledPublicationTests
{
    private static bool IsLong => Environment.GetEnvironmentVariable("TANDEM_TESTS") == "long";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_or_doubled_by_publishers_that_are_killed()
    {
        var end = new DateOnly(2026, 4, 20);
        await using var module = await SandboxedModule.StartAsync(
            new SandboxOptions { Days = IsLong ? 60 : 8, Pumps = 2, EndDate = end });
        var (earlier, whole) = (module.Folder["earlier.db"], module.Folder["whole.db"]);
        module.Run($"{module.Connect}; Invoke-TandemBackfill -Until 2026-04-17 -Database '{earlier}'").Succeeded();
        File.Copy(earlier, whole);
        module.Run($"Invoke-TandemBackfill -Database '{whole}'").Succeeded();
        var pumps = module.Run($"(Get-TandemPump -Database '{whole}').PumpSerial").Succeeded().OutputOf<string>();
        Publish(module, "undisturbed", whole);
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var started = TimeProvider.System.GetTimestamp();
        var first = await module.RunApartAsync(Command("killed", earlier, pumps[0]));
        Assert.Equal((0, ""), (first.ExitCode, first.Errors));
        var time = TimeProvider.System.GetElapsedTime(started);
        var (kills, wanted) = (0, IsLong ? 50 : 3);

        for (var round = 0; kills < wanted && round < 4 * wanted; round++)
        {
            var database = round % 2 == 0 ? whole : earlier;
            var (victim, other) = round % 4 < 2 ? (pumps[0], pumps[1]) : (pumps[1], pumps[0]);
            var undisturbed = module.RunApartAsync(Command("killed", database, other));
            using var process = module.Start(Command("killed", database, victim));
            await Task.WhenAny(
                process.WaitForExitAsync(Cancellation), Task.Delay(time * (0.4 + (0.8 * random.NextDouble())), Cancellation));
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
            kills += process.ExitCode == 0 ? 0 : 1;
            var run = await undisturbed;
            Assert.Equal((0, ""), (run.ExitCode, run.Errors));
            AssertPumpIs(module, "killed", database, other);
        }

        Assert.Equal(wanted, kills);
        Publish(module, "killed", whole);
        Assert.Equal(Sums(module, "-Lake undisturbed"), Sums(module, "-Lake killed"));
        Assert.Empty(module.Run("Test-TandemLake killed | Where-Object { -not $_.Passed } | ForEach-Object Name")
            .Succeeded().OutputOf<string>());
    }

    private static string Command(string lake, string database, string pump) =>
        $"$null = Publish-TandemLake {lake} -Database '{database}' -PumpSerial {pump} -Force -Confirm:$false";

    private static void Publish(SandboxedModule module, string lake, string database) =>
        module.Run($"Publish-TandemLake {lake} -Database '{database}' -Force").Succeeded();

    /// <summary>Whatever happens to the publication of another pump, a pump whose publication has ended is complete.</summary>
    private static void AssertPumpIs(SandboxedModule module, string lake, string database, string pump)
    {
        var readings = module.Run(
            $"(Get-TandemCgmReading -Lake {lake} -PumpSerial {pump}).Count, "
            + $"(Get-TandemCgmReading -Database '{database}' -PumpSerial {pump}).Count").Succeeded().OutputOf<int>();
        Assert.True(readings[0] > 100);
        Assert.Equal(readings[1], readings[0]);
    }

    private static IReadOnlyList<string> Sums(SandboxedModule module, string source) => module.Run(
        $$"""
        foreach ($table in (Get-TandemTable {{source}}).Table) {
            Invoke-TandemQuery "SELECT concat_ws(' ', '$table', count(*), sum(hash(t))) FROM $table AS t" {{source}} -As Scalar
        }
        """).Succeeded().OutputOf<string>();
}
