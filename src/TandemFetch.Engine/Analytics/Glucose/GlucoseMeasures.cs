using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>
/// The glucose of a period in numbers: as a whole, or by day, week, month, time of the day, sensor or pump.
/// </summary>
public static class GlucoseMeasures
{
    /// <summary>Measures a period as a whole. Without readings, every number is empty and says why.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="filter">The period and the pumps; several pumps are measured as one log.</param>
    /// <param name="ranges">The ranges to measure the time in.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, <c>TimeZoneUnknown</c>.</exception>
    public static GlucoseMetrics Measure(
        TandemDatabase database, RecordFilter filter, GlucoseRanges ranges, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Whole(database, filter, ranges, null, cancellationToken);
    }

    /// <summary>Measures each group of a period that has readings, in the order of the groups.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="filter">The period and the pumps; several pumps are measured as one log.</param>
    /// <param name="ranges">The ranges to measure the time in.</param>
    /// <param name="grouping">What to split the period by.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, <c>TimeZoneUnknown</c>.</exception>
    public static IEnumerable<GlucoseMetrics> MeasureBy(
        TandemDatabase database,
        RecordFilter filter,
        GlucoseRanges ranges,
        GlucoseGrouping grouping,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(filter);
        return grouping switch
        {
            GlucoseGrouping.Sensor => Sensors(database)
                .Select(sensor => OfSensor(database, filter, ranges, sensor, cancellationToken))
                .Where(metrics => metrics.Readings > 0),
            GlucoseGrouping.Pump => PumpReader.Read(database, filter.PumpSerials)
                .Select(pump => pump.PumpSerial).OfType<string>()
                .Select(serial => OfPump(database, filter, ranges, serial, cancellationToken))
                .Where(metrics => metrics.Readings > 0),
            _ => MeasureBy(GlucoseLog.Read(database, filter, null, cancellationToken), ranges, grouping),
        };
    }

    /// <summary>Measures a log as a whole.</summary>
    /// <param name="log">The readings.</param>
    /// <param name="ranges">The ranges to measure the time in.</param>
    internal static GlucoseMetrics Measure(GlucoseLog log, GlucoseRanges ranges)
    {
        var metrics = new MetricsReader(log, ranges, null);
        return metrics.Groups.Count > 0
            ? metrics.Of(metrics.Groups.First())
            : MetricsReader.Nothing(log.Filter, ranges);
    }

    /// <summary>Measures each group of a log.</summary>
    /// <param name="log">The readings.</param>
    /// <param name="ranges">The ranges to measure the time in.</param>
    /// <param name="grouping">A time to split it by.</param>
    internal static IEnumerable<GlucoseMetrics> MeasureBy(
        GlucoseLog log, GlucoseRanges ranges, GlucoseGrouping grouping)
    {
        var metrics = new MetricsReader(log, ranges, grouping);
        return metrics.Groups.Select(metrics.Of);
    }

    /// <summary>The days of a log, without the measures that follow the readings through time.</summary>
    /// <param name="log">The readings.</param>
    /// <param name="ranges">The ranges to measure the time in.</param>
    internal static IReadOnlyDictionary<DateOnly, GlucoseMetrics> MeasureValuesByDay(
        GlucoseLog log, GlucoseRanges ranges)
    {
        var values = new ValueMeasures(log, ranges, new GlucoseGroups(GlucoseGrouping.Day));
        return values.Groups.ToDictionary(LocalTime.DateOf, day => values.Of(day, new MissingMeasures()));
    }

    private static IReadOnlyList<string> Sensors(TandemDatabase database) =>
        database.Query<string>("SELECT DISTINCT sensor FROM cgm_readings ORDER BY sensor");

    private static GlucoseMetrics OfSensor(
        TandemDatabase database,
        RecordFilter filter,
        GlucoseRanges ranges,
        string sensor,
        CancellationToken cancellationToken) =>
        Whole(database, filter, ranges, sensor, cancellationToken) with
        {
            By = GlucoseGrouping.Sensor,
            Group = sensor,
        };

    private static GlucoseMetrics OfPump(
        TandemDatabase database,
        RecordFilter filter,
        GlucoseRanges ranges,
        string serial,
        CancellationToken cancellationToken) =>
        Whole(database, filter with { PumpSerials = [serial] }, ranges, null, cancellationToken) with
        {
            By = GlucoseGrouping.Pump,
            Group = serial,
        };

    private static GlucoseMetrics Whole(
        TandemDatabase database,
        RecordFilter filter,
        GlucoseRanges ranges,
        string? sensor,
        CancellationToken cancellationToken) =>
        Measure(GlucoseLog.Read(database, filter, sensor, cancellationToken), ranges);
}
