using System.Diagnostics;
using System.Globalization;
using TandemFetch.Sandbox;
using TandemFetch.Sandbox.Pump;
using static TandemFetch.Benchmarks.MarkdownTable;

namespace TandemFetch.Benchmarks;

/// <summary>
/// Compares whole commands, each run in a new process, the two sides alternating, so that a drift in the machine's
/// speed affects both equally. Prints ratios with minimum, median and maximum.
/// </summary>
internal sealed class WholeRun(string workFolder, int runs)
{
    private readonly MarkdownTable _table = MarkdownTable.OfRatios();

    public async Task<string> RunAsync(long entries, long large, long small)
    {
        var pages = Make(entries);
        var largePages = Make(large);
        var smallPages = Make(small);

        var finished = Path.Combine(workFolder, "finished.db");
        var (mine, _) = await PairAsync(
            $"pages to all tables, {Count(entries)} entries", "≤ 0.8", Fresh("backfill", pages, finished), Fresh("read-json", pages, "flat.db"));
        Figure("peak memory of that run", $"{Median(mine.Select(m => m.PeakMiB)):0} MiB", "< 500 MB");
        Figure("size of the file per million entries", $"{mine[0].Extra * 1_000_000 / entries:0.0} MiB", "≤ 80 MB");

        await CommandAsync();
        var largeBase = Path.Combine(workFolder, "large.db");
        var smallBase = Path.Combine(workFolder, "small.db");
        List<double> peaks = [];
        for (var run = 0; run < Math.Min(runs, 3); run++)
        {
            peaks.Add((await Fresh("backfill-but-newest-day", largePages, "large.db")()).PeakMiB);
        }

        var more = (Median(peaks) / Median(mine.Select(m => m.PeakMiB))) - 1;
        Figure($"peak memory, {Count(large)} entries", $"{Median(peaks):0} MiB, {100 * more:+0;-0} %", "within 15 % of the smaller run");
        await Fresh("backfill-but-newest-day", smallPages, "small.db")();
        await PairAsync(
            $"a new day on {Count(large)} entries, against {Count(small)}", "≤ 1.5", Copy("backfill", largePages, largeBase), Copy("backfill", smallPages, smallBase));

        await ChildAsync("backfill", largePages, largeBase);
        await ChildAsync("backfill", smallPages, smallBase);
        await PairAsync(
            $"nothing new on {Count(large)} entries, against {Count(small)}", "≤ 1.3", On("backfill", largePages, largeBase), On("backfill", smallPages, smallBase));
        await PairAsync(
            "the same, again in the same process", "≤ 1.3, < 300 ms", On("backfill-again", largePages, largeBase), On("backfill-again", smallPages, smallBase));

        await AgainstAsync(
            Copy("rebuild", largePages, largeBase),
            ("a late entry in the middle, against a rebuild", "≤ 0.05", Copy("late-entry", largePages, largeBase)),
            ("a late setting of the clock by 40 s (drift)", "≤ 0.05", Copy("late-drift", largePages, largeBase)),
            ("the same where a late entry came before, in the same process", "≤ 0.05", Copy("late-drift-again", largePages, largeBase)),
            ("a late setting by an hour, which moves all before it", "≤ 0.05", Copy("late-hour", largePages, largeBase)),
            ("the same where a late entry came before, in the same process", "≤ 0.05", Copy("late-hour-again", largePages, largeBase)),
            ("of that hour: the moving, the totals and the writing alone", "", Copy("move-hour", largePages, largeBase)));

        await PairAsync(
            $"Test-TandemDatabase, {Count(large)} entries, against a rebuild",
            "≤ 0.5",
            On("check", largePages, largeBase),
            Copy("rebuild", largePages, largeBase));
        var (exports, _) = await PairAsync(
            "all tables as Parquet, against DuckDB's COPY",
            "≤ 1.2",
            On("export", largePages, largeBase),
            On("copy", largePages, largeBase));
        Figure("peak memory of that export", $"{Median(exports.Select(m => m.PeakMiB)):0} MiB", "< 500 MB");
        var (readings, _) = await PairAsync(
            $"glucose readings of {Count(large)} entries as records, against a bare loop", "≤ 1.5", On("readings", largePages, largeBase), On("readings-bare", largePages, largeBase));
        Figure("time to the first of them", $"{Median(readings.Select(m => m.Extra)):0} ms", "≤ 100 ms");
        await PairAsync("1 million rows × 6 columns as objects, against GetValue", "≤ 2.5", On("query", largePages, largeBase), On("query-bare", largePages, largeBase));
        var (summary, bare) = await PairAsync(
            $"daily summary over {Count(large)} entries, against a bare connection", "+ 20 ms", On("summary", largePages, largeBase), On("summary-bare", largePages, largeBase));
        Figure("difference of the two", $"{Median(summary.Select(m => m.Milliseconds)) - Median(bare.Select(m => m.Milliseconds)):0} ms", "≤ 20 ms");
        await PromptAsync(smallBase);
        return _table.ToString();
    }

    /// <summary>The command as a user runs it, which fetches a year from a server.</summary>
    private async Task CommandAsync()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions
        {
            Days = 365,
            EndDate = new DateOnly(2026, 6, 1),
            TimeZone = PageFolder.Zone,
            Clock = ClockHabits.Tidy,
        });
        var environment = SandboxAccount.EnvironmentOf(sandbox, workFolder, "command.db");
        var address = environment["TANDEM_ENDPOINT"];
        var path = environment["TANDEM_DATABASE"];

        // The first run would wait for the server to be compiled.
        await ChildAsync("fetch-alone", address, path);
        await PairAsync(
            "a year over HTTP: Invoke-TandemBackfill, against the engine",
            "≤ 1.1",
            () => OnNewFileAsync(() => Pwsh.MeasureAsync("Invoke-TandemBackfill", environment)),
            Fresh("backfill-http", address, "command.db"));
        await PairAsync(
            "the same, against stage after stage",
            "",
            () => OnNewFileAsync(() => Pwsh.MeasureAsync("Invoke-TandemBackfill", environment)),
            () => OnNewFileAsync(() => Pwsh.MeasureAsync(
                "'Fetch', 'Parse', 'Derive' | ForEach-Object { Invoke-TandemBackfill -Stage $_ }", environment)));
        var (_, fetches) = await PairAsync(
            "the same as a whole process, against one that fetches and parses the same pages one by one",
            "≤ 1.0",
            () => OnNewFileAsync(() => TimeAsync(
                () => Pwsh.OutputOfAsync($"Import-Module '{Pwsh.Module}'; $null = Invoke-TandemBackfill", environment))),
            () => TimeAsync(() => ChildAsync("fetch-alone", address, path)));
        Figure("size of that file per entry", $"{new FileInfo(path).Length / fetches[0].Extra:0} bytes", "≤ 55 bytes");

        Task<Measurement> OnNewFileAsync(Func<Task<Measurement>> run)
        {
            File.Delete(path);
            return run();
        }
    }

    /// <summary>The time of a process from its start to its end.</summary>
    private static async Task<Measurement> TimeAsync<T>(Func<Task<T>> run)
    {
        var watch = Stopwatch.StartNew();
        var result = await run();
        return new Measurement(watch.Elapsed.TotalMilliseconds, 0, (result as Measurement)?.Extra ?? 0);
    }

    /// <summary>What a prompt waits for after the import, which the table of whole commands has.</summary>
    private async Task PromptAsync(string database)
    {
        var script = $"Import-Module '{Pwsh.Module}'; $watch = [Diagnostics.Stopwatch]::StartNew(); "
            + $"$null = Get-TandemPump -Database '{database}'; $watch.Elapsed.TotalMilliseconds";
        List<double> times = [];
        for (var run = 0; run < runs; run++)
        {
            times.Add(double.Parse(await Pwsh.OutputOfAsync(script), CultureInfo.InvariantCulture));
        }

        Figure("the first command after the import of the module", $"{Median(times):0} ms", "< 300 ms");
    }

    private string Make(long entries)
    {
        var folder = Path.Combine(workFolder, $"pages-{entries}");
        PageFolder.Make(folder, entries);
        return folder;
    }

    /// <summary>Runs two sides alternately and adds their row.</summary>
    private async Task<(List<Measurement> Mine, List<Measurement> Other)> PairAsync(
        string what,
        string target,
        Func<Task<Measurement>> mine,
        Func<Task<Measurement>> other)
    {
        List<Measurement> left = [];
        List<Measurement> right = [];
        for (var run = 0; run < runs; run++)
        {
            left.Add(await mine());
            right.Add(await other());
        }

        Row(what, target, left, right);
        return (left, right);
    }

    /// <summary>Runs several sides and their baseline alternately and adds their rows.</summary>
    private async Task AgainstAsync(Func<Task<Measurement>> other, params (string What, string Target, Func<Task<Measurement>> Run)[] sides)
    {
        var left = sides.Select(_ => new List<Measurement>()).ToList();
        List<Measurement> right = [];
        for (var run = 0; run < runs; run++)
        {
            foreach (var (side, measurements) in sides.Zip(left))
            {
                measurements.Add(await side.Run());
            }

            right.Add(await other());
        }

        foreach (var (side, measurements) in sides.Zip(left))
        {
            Row(side.What, side.Target, measurements, right);
        }
    }

    private void Row(string what, string target, List<Measurement> left, List<Measurement> right)
    {
        var ratios = left.Zip(right, (a, b) => a.Milliseconds / b.Milliseconds).Order().ToList();
        _table.Row(
            what,
            Milliseconds(Median(left.Select(m => m.Milliseconds))),
            Milliseconds(Median(right.Select(m => m.Milliseconds))),
            $"{ratios[0]:0.000}",
            $"{Median(ratios):0.000}",
            $"{ratios[^1]:0.000}",
            target);
    }

    private Func<Task<Measurement>> Fresh(string what, string pages, string name) => () =>
    {
        var path = Path.Combine(workFolder, name);
        File.Delete(path);
        return ChildAsync(what, pages, path);
    };

    private Func<Task<Measurement>> Copy(string what, string pages, string database) => () =>
    {
        var copy = Path.Combine(workFolder, "copy.db");
        File.Copy(database, copy, overwrite: true);
        return ChildAsync(what, pages, copy);
    };

    private static Func<Task<Measurement>> On(string what, string pages, string database) => () => ChildAsync(what, pages, database);

    private static async Task<Measurement> ChildAsync(string what, string pages, string database)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["child", what, pages, database])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? Measurement.Parse(output)
            : throw new InvalidOperationException($"{what} ended with exit code {process.ExitCode}.");
    }

    private void Figure(string what, string measured, string target) => _table.Row(what, measured, "", "", "", "", target);

    private static string Count(long entries) => entries.ToString("N0", CultureInfo.InvariantCulture);
}
