using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using TandemFetch.Engine;
using TandemFetch.Engine.Analytics.Glucose;
using TandemFetch.Engine.Lake;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;
using TandemFetch.Sandbox;
using static TandemFetch.Benchmarks.MarkdownTable;

namespace TandemFetch.Benchmarks;

/// <summary>
/// A lake of many pumps: published, compared with the databases it comes from, read, and extended by a day of one pump.
/// The log of a few synthetic pumps goes through the pipeline; each further database is a copy with other pumps, whose
/// glucose differs.
/// </summary>
internal sealed class LakeRun(string workFolder, int runs)
{
    private const int PumpsPerFile = 10;

    private static readonly string[] Tables =
    [
        "alerts", "basal_deliveries", "battery_levels", "bg_readings", "boluses", "cgm_readings", "cgm_sessions",
        "clock_spans", "daily_totals", "events", "profile_segments", "profiles", "pump_settings", "pumps",
        "site_changes", "suspensions", "user_modes",
    ];

    private readonly MarkdownTable _table = new();

    public async Task<string> RunAsync(int pumps, int days)
    {
        var folder = Directory.CreateDirectory(Path.Combine(workFolder, $"lake-{pumps}-{days}")).FullName;
        var lake = new LakeFolder(Path.Combine(folder, "lake"));
        if (Directory.Exists(lake.Path))
        {
            Directory.Delete(lake.Path, recursive: true);
        }

        var (whole, withoutDay) = (Path.Combine(folder, "0.db"), Path.Combine(folder, "0-without-day.db"));
        await MakeAsync(days, whole, withoutDay);
        _table.Row("what", "figure", "to reach");
        _table.Row("---", "---:", "---");
        var files = await PublishAsync(lake, whole, folder, pumps);
        await CompareAsync(lake, folder, files);
        Read(lake);
        Check(lake);
        await AddDayAsync(lake, new LakeFolder(Path.Combine(folder, "small-lake")), whole, withoutDay);
        return _table.ToString();
    }

    private static async Task MakeAsync(int days, string whole, string withoutDay)
    {
        if (File.Exists(whole))
        {
            return;
        }

        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { Days = days, Pumps = PumpsPerFile, Sparse = true, EndDate = new DateOnly(2026, 6, 30) });
        var lastDay = new DateTimeOffset(2026, 6, 30, 0, 0, 0, TimeSpan.FromHours(-4));
        await Child.BackfillHttpAsync(sandbox.BaseAddress, withoutDay, new BackfillRequest { Until = lastDay.AddDays(-1) });
        File.Copy(withoutDay, whole + ".new");
        await Child.BackfillHttpAsync(sandbox.BaseAddress, whole + ".new", new BackfillRequest());
        File.Move(whole + ".new", whole);
    }

    private async Task<int> PublishAsync(LakeFolder lake, string whole, string folder, int wanted)
    {
        var (time, rows, bytes, pumps, files) = (TimeSpan.Zero, 0L, 0L, 0, 0);
        for (; pumps < wanted; files++)
        {
            var path = Path.Combine(folder, $"{files}.db");
            if (files > 0 && !File.Exists(path))
            {
                CopyAsOthers(whole, path, files);
            }

            using var database = await OpenAsync(path);
            var watch = Stopwatch.StartNew();
            var published = Publish(database, new LakeRequest(lake));
            time += watch.Elapsed;
            Console.Error.WriteLine($"{files}: {published.Count} pumps, {watch.Elapsed.TotalSeconds:0.0} s");
            rows += published.Sum(pump => pump.Rows);
            bytes += published.Sum(pump => pump.Bytes);
            pumps += published.Count;
        }

        _table.Row($"pumps published, from {files} databases", Number(pumps), "");
        _table.Row("rows of all tables", Number(rows), "");
        _table.Row("size of all files", $"{bytes / 1048576.0:N0} MiB", "");
        _table.Row("time of a pump", Milliseconds(time.TotalMilliseconds / pumps), "");
        return files;
    }

    private async Task CompareAsync(LakeFolder lake, string folder, int files)
    {
        var (same, different) = (0, 0);
        for (var index = 0; index < files; index++)
        {
            using var database = await OpenAsync(Path.Combine(folder, $"{index}.db"));
            foreach (var pump in PumpReader.Read(database, []).Select(pump => pump.PumpSerial))
            {
                using var opened = LakeDatabase.OpenReadings(lake, pump, _ => { });
                if (Text(Measure(database, pump)) == Text(Measure(opened, pump)))
                {
                    same++;
                }
                else
                {
                    different++;
                }
            }
        }

        _table.Row("pumps whose measures are the same from the lake as from their database", Number(same), "all");
        _table.Row("pumps whose measures differ", Number(different), "0");
    }

    private void Read(LakeFolder lake)
    {
        foreach (var isParallel in new[] { false, true })
        {
            var watch = Stopwatch.StartNew();
            var measured = PumpGlucose.MeasureEach(
                lake, [], isParallel, _ => new RecordFilter(), GlucoseRanges.Standard, CancellationToken.None).Count();
            _table.Row(
                $"measures of {Number(measured)} pumps, {(isParallel ? "side by side" : "one after the other")}",
                Milliseconds(watch.Elapsed.TotalMilliseconds),
                "");
            var peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0;
            _table.Row("peak memory of this process by then", $"{peak:N0} MiB", "");
        }

        var opening = Stopwatch.StartNew();
        using var all = LakeDatabase.Open(lake, [], _ => { });
        _table.Row("opening the lake with all pumps", Milliseconds(opening.Elapsed.TotalMilliseconds), "");
        opening.Restart();
        all.Scalar<double>("SELECT avg(glucose) FROM glucose_values");
        _table.Row("mean glucose of all pumps by SQL", Milliseconds(opening.Elapsed.TotalMilliseconds), "");
    }

    private void Check(LakeFolder lake)
    {
        var watch = Stopwatch.StartNew();
        var failed = new LakeInspection(lake, SilentObserver.Instance).Run(CancellationToken.None)
            .Count(check => !check.Passed);
        _table.Row("Test-TandemLake", Milliseconds(watch.Elapsed.TotalMilliseconds), "");
        _table.Row("checks that fail", Number(failed), "0");
    }

    private async Task AddDayAsync(LakeFolder lake, LakeFolder small, string whole, string withoutDay)
    {
        using var database = await OpenAsync(whole);
        using var earlier = await OpenAsync(withoutDay);
        string[] pump = [PumpReader.Read(database, [])[0].PumpSerial];
        var ratios = new List<double>();
        for (var run = 0; run <= runs; run++)
        {
            var times = new[] { lake, small }.Select(folder =>
            {
                Publish(earlier, new LakeRequest(folder) { PumpSerials = pump, Force = true });
                var watch = Stopwatch.StartNew();
                Publish(database, new LakeRequest(folder) { PumpSerials = pump });
                return watch.Elapsed.TotalMilliseconds;
            }).ToList();

            // The first run is not counted.
            if (run > 0)
            {
                ratios.Add(times[0] / times[1]);
                Console.WriteLine($"{times[0]:N0} ms in the large lake, {times[1]:N0} ms in the small one");
            }
        }

        _table.Row(
            "a day of one pump, against a lake with no other pump: median (min, max)",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Median(ratios):0.000} ({ratios.Min():0.000}, {ratios.Max():0.000})"),
            "≤ 1.5");
    }

    private static List<PublishedPump> Publish(TandemDatabase database, LakeRequest request) =>
        [.. new LakePublisher(database, request, SilentObserver.Instance).Run(CancellationToken.None)];

    private static GlucoseMetrics Measure(TandemDatabase database, string pump) => GlucoseMeasures.Measure(
        database, new RecordFilter { PumpSerials = [pump] }, GlucoseRanges.Standard, CancellationToken.None);

    private static string Text(GlucoseMetrics metrics) => System.Text.Json.JsonSerializer.Serialize(metrics);

    private static Task<TandemDatabase> OpenAsync(string path) =>
        DatabaseFile.OpenAsync(path, DatabaseAccess.Read, TimeSpan.FromSeconds(10), CancellationToken.None);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A copy of a database with pumps of other serial numbers and other glucose.</summary>
    private static void CopyAsOthers(string original, string path, int index)
    {
        var draft = path + ".new";
        File.Copy(original, draft, overwrite: true);
        using (var connection = new DuckDBConnection($"DataSource={draft}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = string.Concat(Tables.Select(table =>
                $"UPDATE {table} SET device_assignment_id = device_assignment_id || '-{index}';"))
                + $"UPDATE pumps SET serial_number = serial_number || '-{index}';"
                + $"UPDATE cgm_readings SET glucose = glucose + {(index % 21) - 10} WHERE glucose BETWEEN 60 AND 380;";
            command.ExecuteNonQuery();
        }

        File.Move(draft, path);
    }
}
