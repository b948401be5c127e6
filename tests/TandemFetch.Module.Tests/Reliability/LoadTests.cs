using System.Diagnostics;
using TandemFetch.Module.Tests.Support;
using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests.Reliability;

/// <summary>A lot of log, and a lot of runs. Only with <c>TANDEM_TESTS=soak</c>.</summary>
public sealed class LoadTests
{
    private static bool IsSoak => System.Environment.GetEnvironmentVariable("TANDEM_TESTS") == "soak";

    [Fact]
    public async Task Half_a_million_entries_are_fetched_with_flat_memory()
    {
        Assert.SkipUnless(IsSoak, "TANDEM_TESTS=soak runs it.");
        await using var module = await SandboxedModule.StartAsync(
            new SandboxOptions { Entries = 500_000, EndDate = new DateOnly(2026, 6, 30) });
        var clock = Stopwatch.StartNew();
        var process = module.Start("Invoke-TandemBackfill | ForEach-Object { \"$($_.Stage) $($_.RowsOut)\" }");
        var samples = new List<long>();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!process.HasExited && await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            process.Refresh();
            samples.Add(process.HasExited ? 0 : process.WorkingSet64);
        }

        var run = await ShellProcess.FinishAsync(process);
        samples.RemoveAll(sample => sample == 0);
        var (first, second) = (samples.Take(samples.Count / 2).Max() >> 20, samples.Skip(samples.Count / 2).Max() >> 20);
        TestContext.Current.TestOutputHelper!.WriteLine($"{run.Output.ReplaceLineEndings(" ")}in {clock.Elapsed.TotalSeconds:N0} s; at most {first} MB in the first half, {second} MB in the second");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.True(second < 1.5 * first, $"{first} MB, then {second} MB");
        Assert.Empty(module.Findings(module.Database));
    }

    [Fact]
    public async Task Two_hundred_runs_over_a_log_that_grows_end_like_one()
    {
        Assert.SkipUnless(IsSoak, "TANDEM_TESTS=soak runs it.");
        await using var module = await SandboxedModule.StartAsync(new SandboxOptions { Days = 5, EndDate = new DateOnly(2026, 4, 20) });
        module.Run(module.Connect).Succeeded();
        var (files, memory) = (0, 0L);
        for (var cycle = 1; cycle <= 200; cycle++)
        {
            module.Run("$null = Watch-TandemSource -Count 1").Succeeded();
            module.Server.AdvanceLog(TimeSpan.FromHours(1));
            if (cycle == 40)
            {
                (files, memory) = (OpenFiles(), System.Environment.WorkingSet);
            }
        }

        var (filesLater, memoryLater) = (OpenFiles(), System.Environment.WorkingSet);
        module.Run("$null = Invoke-TandemBackfill").Succeeded();
        module.Run($"$null = Invoke-TandemBackfill -Database '{module.Folder["once.db"]}'").Succeeded();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"after 40 cycles {files} open files and {memory >> 20} MB, after 200 {filesLater} and {memoryLater >> 20} MB, the sandbox included");
        Assert.InRange(filesLater, 0, files + 10);
        Assert.InRange(memoryLater, 0, memory + (150L << 20));
        Assert.Equal(module.Fingerprint(module.Folder["once.db"]), module.Fingerprint(module.Database));
        Assert.Empty(module.Findings(module.Database));
    }

    private static int OpenFiles() => OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length : 0;
}
