using System.Diagnostics;
using System.Globalization;
using TandemFetch.Engine.Analytics.Glucose;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Report;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;
using static TandemFetch.Benchmarks.MarkdownTable;

namespace TandemFetch.Benchmarks;

/// <summary>
/// Measures of years of log and reports, again and again in one process as at a prompt: the first run of each is not
/// counted.
/// </summary>
internal sealed class AnalysisRun(string workFolder, int runs)
{
    private static readonly TimeSpan FiveYears = TimeSpan.FromDays(5 * 365.25);

    private readonly MarkdownTable _table = new();

    public async Task<string> RunAsync(long entries)
    {
        using var database = await DatabaseFile.OpenAsync(
            await MakeAsync(entries), DatabaseAccess.Read, TimeSpan.FromSeconds(10), CancellationToken.None);
        var newest = new DateTimeOffset(
            database.Scalar<DateTime>("SELECT max(timestamp) FROM cgm_readings"), TimeSpan.Zero);
        var all = new RecordFilter { Since = newest - FiveYears, Until = newest };
        var readings = GlucoseMeasures.Measure(database, all, GlucoseRanges.Standard, CancellationToken.None).Readings;
        var years = $"five years, {readings.ToString("N0", CultureInfo.InvariantCulture)} readings";
        _table.Row("what", "median", "min", "max", "to reach");
        _table.Row("---", "---:", "---:", "---:", "---:");
        Measure($"all measures of {years}", "≤ 150 ms", () =>
            GlucoseMeasures.Measure(database, all, GlucoseRanges.Standard, CancellationToken.None));
        Measure("the same by day", "", () => GlucoseMeasures
            .MeasureBy(database, all, GlucoseRanges.Standard, GlucoseGrouping.Day, CancellationToken.None).Count());
        Measure("the profile of the same", "", () => GlucoseProfiles.Read(database, all, CancellationToken.None));
        Measure("a report of 90 days", "≤ 300 ms", () =>
            WriteReport(database, all with { Since = newest.AddDays(-90) }));
        Measure("a report of five years", "≤ 1,000 ms", () => WriteReport(database, all));
        return _table.ToString();
    }

    private async Task<string> MakeAsync(long entries)
    {
        var pages = Path.Combine(workFolder, $"pages-{entries}");
        PageFolder.Make(pages, entries);
        var database = Path.Combine(workFolder, $"analysis-{entries}.db");
        if (!File.Exists(database))
        {
            await Child.RunAsync("backfill", pages, database);
        }

        return database;
    }

    private void WriteReport(TandemDatabase database, RecordFilter filter)
    {
        var content = ReportReader.Read(
            database, filter, GlucoseRanges.Standard, filter.Until!.Value, CancellationToken.None);
        using var file = File.Create(Path.Combine(workFolder, "report.html"));
        HtmlReport.Write(content, file, CancellationToken.None);
    }

    private void Measure(string what, string target, Action work)
    {
        work();
        var times = Enumerable.Range(0, runs).Select(_ => Time(work)).ToList();
        _table.Row(
            what,
            Milliseconds(Median(times)),
            Milliseconds(times.Min()),
            Milliseconds(times.Max()),
            target);
    }

    private static double Time(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalMilliseconds;
    }
}
