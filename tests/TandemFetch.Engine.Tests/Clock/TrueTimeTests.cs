using System.Globalization;
using System.Text;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Engine.Tests.Clock;

/// <summary>The resolved time of synthetic pumps against the truth, over years, zones and habits.</summary>
public sealed class TrueTimeTests
{
    private static readonly double[] Percentiles = [50, 90, 95, 99, 99.5, 99.9, 100];

    private static readonly string[] Zones =
        ["America/New_York", "America/Los_Angeles", "Europe/Berlin", "Europe/London", "America/Phoenix", "Australia/Sydney", "Asia/Kolkata"];

    [Theory]
    [InlineData(false, 99.9)]
    [InlineData(true, 99.9)]
    public async Task Entries_lie_within_two_minutes_of_the_truth(bool withMishaps, double least)
    {
        // Every third pump has one year of log.
        int[] seeds = LongRun.IsAsked ? [.. Enumerable.Range(1, 50)] : [3, 6];
        var errors = new List<double>();
        var stamped = new List<double>();
        var unknown = 0;
        var report = new StringBuilder();
        report.AppendLine("| seed | years | zone | summer time | trips a year | drift s/week | unknown | within 2 min % | worst s | stamped within 2 min % | stamped worst h |");
        report.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var seed in seeds)
        {
            var run = await MeasureAsync((ulong)seed, withMishaps);
            errors.AddRange(run.Errors);
            stamped.AddRange(run.Stamped);
            unknown += run.Unknown;
            report.AppendLine(run.Line);
        }

        report.AppendLine();
        report.AppendLine($"{errors.Count:N0} entries of {seeds.Length} pumps on known time, {unknown:N0} on unknown time.");
        report.AppendLine();
        report.AppendLine("| seconds from the truth | " + string.Join(" | ", Percentiles.Select(p => p.ToString("0.#", CultureInfo.InvariantCulture) + " %")) + " | within 2 min |");
        report.AppendLine("|---|" + string.Concat(Percentiles.Select(_ => "---|")) + "---|");
        report.AppendLine(Row("resolved", errors));
        report.AppendLine(Row("zone stamped on the wall clock", stamped));
        TestContext.Current.TestOutputHelper!.WriteLine(report.ToString());
        if (Environment.GetEnvironmentVariable("TANDEM_REPORT") is { Length: > 0 } file)
        {
            file = withMishaps ? Path.ChangeExtension(file, ".mishaps" + Path.GetExtension(file)) : file;
            await File.WriteAllTextAsync(file, report.ToString(), TestContext.Current.CancellationToken);
        }

        Assert.True(Within(errors) >= least, report.ToString());
    }

    private static async Task<(List<double> Errors, List<double> Stamped, int Unknown, string Line)> MeasureAsync(ulong seed, bool withMishaps)
    {
        var years = 1 + (int)(seed % 3);
        var zone = Zones[seed % (ulong)Zones.Length];
        var habits = new ClockHabits { SummerTime = (SummerTime)(seed % 5) };
        var log = SyntheticLog.Of(seed, years * 365, sparse: true, habits, zone);
        var truth = log.Pump.TrueTimes().ToDictionary(entry => entry.Sequence, entry => entry.Utc.ToUnixTimeMilliseconds() / 1000.0);
        using var file = new TestDatabase();
        if (withMishaps)
        {
            var mishaps = new ClockMishaps(log, seed, slips: 2 * years, batteries: 1 + (int)(seed % 2));
            foreach (var upload in mishaps.Uploads(place => DateTimeOffset.UnixEpoch.AddSeconds(truth[place])))
            {
                await file.BackfillAsync(upload, new BackfillRequest { TimeZone = zone, Rebuild = false });
            }

            await SameTables.AssertWholeAsync(file, "fetched_days", "cgm_entries", "rejected_entries");
        }
        else
        {
            await file.BackfillAsync(log.Serving(log.Entries.Values), new BackfillRequest { TimeZone = zone });
        }

        var apart = withMishaps ? ClockMishaps.PlacesApart : 1;
        var rows = await file.QueryAsync<EntryRow>(
            $"SELECT log_position // {apart} AS log_position, epoch_us(timestamp) / 1e6 AS resolved, epoch_us(pump_time) / 1e6 AS wall FROM events "
            + $"WHERE log_position % {apart} = 0 ORDER BY log_position");
        var home = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var errors = new List<double>();
        var stamped = new List<double>();
        foreach (var row in rows)
        {
            if (row.Resolved is { } resolved)
            {
                var utc = truth[row.LogPosition];
                errors.Add(Math.Abs(resolved - utc));
                var wall = DateTime.UnixEpoch.AddSeconds(row.Wall);
                var offset = home.GetUtcOffset(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified));
                stamped.Add(Math.Abs(row.Wall - offset.TotalSeconds - utc));
            }
        }

        Assert.Equal(truth.Count, rows.Count);
        var knownFrom = KnownFrom(log);
        Assert.Equal(rows.Count(row => row.LogPosition < knownFrom), rows.Count - errors.Count);
        var clock = log.Pump.Clock;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"| {seed} | {years} | {zone} | {clock.SummerTime} | {clock.TripsPerYear} | {clock.DriftSecondsPerWeek} | {rows.Count - errors.Count} | {Within(errors):0.00} | {errors.DefaultIfEmpty().Max():0} | {Within(stamped):0.00} | {stamped.DefaultIfEmpty().Max() / 3600:0.0} |");
        return (errors, stamped, rows.Count - errors.Count, line);
    }

    /// <summary>
    /// The position from which true time can be known: where the clock is set for the first time, if it had never been
    /// set before.
    /// </summary>
    private static long KnownFrom(SyntheticLog log)
    {
        var first = log.ClockChanges.FirstOrDefault(change => (int)change["eventCode"]! == 14);
        var isFirstSetting = first is not null
            && Math.Abs((long)first["eventProperties"]!["dateAfter"]! - (long)first["eventProperties"]!["datePrior"]!) > 365
            && !log.ClockChanges.Any(change => (long)change["sequenceNumber"]! < (long)first["sequenceNumber"]!);
        return isFirstSetting ? (long)first!["sequenceNumber"]! : 0;
    }

    private static double Within(List<double> errors) => 100.0 * errors.Count(error => error <= 120) / Math.Max(1, errors.Count);

    private static string Row(string name, List<double> errors)
    {
        var sorted = errors.Order().ToArray();
        var values = Percentiles.Select(p => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * p / 100))].ToString("N0", CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", values)} | {Within(errors):0.00} % |");
    }

    private sealed record EntryRow(long LogPosition, double? Resolved, double Wall);
}
