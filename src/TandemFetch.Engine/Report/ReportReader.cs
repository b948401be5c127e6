using TandemFetch.Engine.Analytics;
using TandemFetch.Engine.Analytics.Glucose;
using TandemFetch.Engine.Analytics.Insulin;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;
using TandemFetch.Records;

namespace TandemFetch.Engine.Report;

/// <summary>Reads what a report shows.</summary>
public static class ReportReader
{
    private const int UsualDays = 14;

    /// <summary>How long before a period a delivery or a mode may begin that is shown as reaching into it.</summary>
    private static readonly TimeSpan LongestStretch = TimeSpan.FromDays(1.0);

    /// <summary>
    /// Reads a period. Without an end, it ends with the day of the newest reading or bolus; without a beginning, it is
    /// 14 days long.
    /// </summary>
    /// <param name="database">An open file.</param>
    /// <param name="filter">The period and the pumps; several pumps are reported as one log.</param>
    /// <param name="ranges">The ranges and their goals.</param>
    /// <param name="now">The end of the period where the file has neither readings nor boluses.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, <c>TimeZoneUnknown</c>.</exception>
    public static ReportContent Read(
        TandemDatabase database,
        RecordFilter filter,
        GlucoseRanges ranges,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        using var session = AnalysisSession.Open(database, filter, cancellationToken);
        var zone = session.Zone;
        var until = zone.ToLocal(filter.Until ?? EndOf(session, filter.Since, now));
        var since = filter.Since is { } given
            ? zone.ToLocal(given)
            : zone.StartOf(DateOnly.FromDateTime(until.AddTicks(-1).DateTime).AddDays(1 - UsualDays));
        var period = filter with { Since = since, Until = until };
        var ((glucose, log), (insulin, insulinDays, basal)) = SideBySide.Run(
            () => ReadGlucose(database, period, ranges, cancellationToken),
            () => ReadInsulin(database, period, cancellationToken));
        return new ReportContent
        {
            Since = since,
            Until = until,
            Zone = zone,
            Ranges = ranges,
            Glucose = glucose,
            Profile = GlucoseProfiles.Read(log),
            Insulin = insulin,
            Settings = SettingsAt(database, period, cancellationToken),
            Days = DaysOf(
                database,
                period,
                log,
                basal,
                GlucoseMeasures.MeasureValuesByDay(log, ranges),
                insulinDays.ToDictionary(metrics => metrics.DayValue!.Value),
                cancellationToken),
        };
    }

    private static (GlucoseMetrics Measures, GlucoseLog Log) ReadGlucose(
        TandemDatabase database, RecordFilter period, GlucoseRanges ranges, CancellationToken cancellationToken)
    {
        var log = GlucoseLog.Read(database, period, null, cancellationToken);
        return (GlucoseMeasures.Measure(log, ranges), log);
    }

    private static (InsulinMetrics Average, IReadOnlyList<InsulinMetrics> Days, List<BasalStretch> Basal) ReadInsulin(
        TandemDatabase database, RecordFilter period, CancellationToken cancellationToken)
    {
        using var session = AnalysisSession.Open(database, period, cancellationToken);
        var basal = BasalReader.Read(session);
        var (average, days) = InsulinMeasures.AverageAndDays(session, basal);
        return (average, days, basal);
    }

    private static DateTimeOffset EndOf(AnalysisSession session, DateTimeOffset? since, DateTimeOffset now)
    {
        var newest = DateOnly.FromDateTime(
            (RecordedPeriod.NewestMoment(session) ?? session.Zone.ToLocal(now)).DateTime);
        var end = session.Zone.StartOf(newest.AddDays(1));
        return since >= end ? since.Value.AddDays(1.0) : end;
    }

    /// <summary>The newest settings of each pump that were received before the end of a period, or else the oldest.
    /// </summary>
    private static List<Profile> SettingsAt(
        TandemDatabase database, RecordFilter period, CancellationToken cancellationToken) =>
    [
        .. new RecordReader(database)
            .Read<Profile>(new RecordFilter { PumpSerials = period.PumpSerials }, cancellationToken)
            .GroupBy(profile => profile.PumpSerial)
            .SelectMany(pump =>
            {
                var versions = pump.GroupBy(profile => profile.SettingsVersion)
                    .OrderBy(version => version.Key).ToList();
                var version = versions.LastOrDefault(some => some.First().Timestamp < period.Until) ?? versions[0];
                return version.OrderByDescending(profile => profile.Active).ThenBy(profile => profile.ProfileId);
            }),
    ];

    private static List<ReportDay> DaysOf(
        TandemDatabase database,
        RecordFilter period,
        GlucoseLog log,
        List<BasalStretch> basal,
        IReadOnlyDictionary<DateOnly, GlucoseMetrics> glucose,
        IReadOnlyDictionary<DateOnly, InsulinMetrics> insulin,
        CancellationToken cancellationToken)
    {
        var reader = new RecordReader(database);
        var zone = log.Zone;
        var (since, until) = (period.Since!.Value, period.Until!.Value);
        var wide = AnalysisSession.Widened(period, LongestStretch);
        var basalDays = new BasalDays(basal, UnixTime.Microseconds(wide.Since!.Value));
        var lastDay = DayOf(until.AddTicks(-1));
        var readings = log.Split(new GlucoseGroups(GlucoseGrouping.Day));
        var boluses = ByDay<Bolus>(bolus => bolus.Timestamp);
        var alerts = ByDay<Alert>(alert => alert.Timestamp);
        var modes = reader.Read<UserMode>(wide, cancellationToken)
            .SelectMany(mode => DaysFrom(DayOf(mode.Timestamp!.Value), mode.Ended).Select(day => (day, mode)))
            .ToLookup(part => part.day, part => part.mode);
        var days = new List<ReportDay>();
        for (var day = DayOf(since); day <= lastDay; day = day.AddDays(1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (begins, ends) = (zone.StartOf(day), zone.StartOf(day.AddDays(1)));
            var (from, to) = (Later(begins, since), Earlier(ends, until));
            days.Add(new ReportDay
            {
                Day = day,
                Begins = begins,
                Ends = ends,
                Glucose = glucose.GetValueOrDefault(day),
                Insulin = insulin.GetValueOrDefault(day),
                Readings = readings.TryGetValue(LocalTime.NumberOf(day), out var ranges)
                    ? ReadingsOf(log, ranges)
                    : [],
                Boluses = [.. boluses[day]],
                Alerts = [.. alerts[day].Where(alert => !alert.Reminder)],
                Basal = basalDays.Next(UnixTime.Microseconds(from), UnixTime.Microseconds(to)),
                Modes = [.. modes[day].Where(mode => Overlaps(mode.Timestamp!.Value, mode.Ended, from, to))],
            });
        }

        return [.. days.Where(day => day.HasAnything)];

        DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(zone.ToLocal(moment).DateTime);

        ILookup<DateOnly, T> ByDay<T>(Func<T, DateTimeOffset?> timeOf) =>
            reader.Read<T>(period, cancellationToken).ToLookup(record => DayOf(timeOf(record)!.Value));

        IEnumerable<DateOnly> DaysFrom(DateOnly first, DateTimeOffset? ended)
        {
            yield return first;
            var last = ended is { } end ? DayOf(end) : first;
            for (var day = first.AddDays(1); day <= last && day <= lastDay; day = day.AddDays(1))
            {
                yield return day;
            }
        }
    }

    private static List<ReportReading> ReadingsOf(GlucoseLog log, List<Range> ranges)
    {
        var readings = new List<ReportReading>();
        foreach (var range in ranges)
        {
            foreach (var point in log.Points[range])
            {
                readings.Add(new ReportReading(log.Zone.ToLocal(point.Moment), point.Glucose));
            }
        }

        return readings;
    }

    // A stretch whose end is not known is shown where it begins, not on all days from there on.
    private static bool Overlaps(
        DateTimeOffset began, DateTimeOffset? ended, DateTimeOffset from, DateTimeOffset to) =>
        began < to && (began >= from || ended > from);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
