using System.Diagnostics;
using TandemFetch.Module.Tests.Support;
using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests.Reliability;

/// <summary>Large logs, and many runs. Only with <c>TANDEM_TESTS=soak</c>.</summary>
public sealed class LoadTests
{
    private static bool IsSoak => System.Environment.GetEnvironmentVariable("TANDEM_TESTS") == "soak";

    [Fact]
    public async Task Half_a_million_entries_are_fetched_with_flat_memory()
    {
        Assert.SkipUnless(IsSoak, "TANDEM_TESTS=soak runs it.");

        var once = await PeakMegabytesAsync(500_000);
        var twice = await PeakMegabytesAsync(1_000_000);

        Assert.True(twice < 1.25 * once, $"{once} MB, and for twice as many entries {twice} MB");
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

    [Fact]
    public async Task Two_hundred_watch_cycles_under_five_steady_readers_miss_nothing()
    {
        Assert.SkipUnless(IsSoak, "TANDEM_TESTS=soak runs it.");
        await using var module = await SandboxedModule.FilledAsync(new SandboxOptions { Days = 20, EndDate = new DateOnly(2026, 4, 20) });
        var readers = Enumerable.Range(0, 5).Select(_ => module.Start(
            $"while (-not [System.IO.File]::Exists('enough')) {{ $null = Get-TandemCgmReading -Database '{module.Database}' -LockTimeout 60 }}"))
            .Select(ShellProcess.FinishAsync).ToList();
        var errors = new List<string>();
        for (var cycle = 1; cycle <= 200; cycle++)
        {
            module.Server.AdvanceLog(TimeSpan.FromHours(1));
            errors.AddRange(module.Run("$null = Watch-TandemSource -Count 1").ErrorIds);
        }

        await File.WriteAllTextAsync(module.Folder["enough"], "", TestContext.Current.CancellationToken);
        Assert.All(await Task.WhenAll(readers), run => Assert.Equal((0, ""), (run.ExitCode, run.Errors)));
        Assert.Empty(errors);
        module.Run($"$null = Invoke-TandemBackfill -Database '{module.Folder["once.db"]}'").Succeeded();
        Assert.Equal(module.Fingerprint(module.Folder["once.db"]), module.Fingerprint(module.Database));
        Assert.Empty(module.Findings(module.Database));
    }

    /// <summary>
    /// Returns the maximum memory of a process with a backfill of this many entries, and the maximum in the first half
    /// of its time.
    /// </summary>
    private static async Task<long> PeakMegabytesAsync(long entries)
    {
        await using var module = await SandboxedModule.StartAsync(new SandboxOptions { Entries = entries, EndDate = new DateOnly(2026, 6, 30) });
        var clock = Stopwatch.StartNew();
        using var process = module.Start("Invoke-TandemBackfill | ForEach-Object { \"$($_.Stage) $($_.RowsOut)\" }");
        List<long> samples = [];
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!process.HasExited && await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            process.Refresh();
            if (!process.HasExited)
            {
                samples.Add(process.WorkingSet64 >> 20);
            }
        }

        var run = await ShellProcess.FinishAsync(process);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Empty(module.Findings(module.Database));
        var (begun, whole) = (samples.Take(samples.Count / 2).Max(), samples.Max());
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{run.Output.ReplaceLineEndings(" ")}in {clock.Elapsed.TotalSeconds:N0} s, {begun} MB at most in the first half, {whole} MB in all, the prompt included");
        return whole;
    }

    private static int OpenFiles() => OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length : 0;
}
