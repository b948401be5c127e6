using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>
/// The glucose profile: percentiles by hour of the day. Each percentile is smoothed over the hours, which go round in a
/// circle, with the weights 1-4-1; next to one empty hour with 4-1. Source: the AGP curve as
/// @tidepool/viz 1.60.0 draws it.
/// </summary>
public static class GlucoseProfiles
{
    private const int Hours = 24;

    /// <summary>
    /// The percentiles, times 1000, and how many readings each needs at least: one below it on average.
    /// </summary>
    private static readonly (int Thousandth, int Readings)[] Percentiles =
        [(50, 20), (250, 4), (500, 1), (750, 4), (950, 20)];

    /// <summary>The 24 hours of the day, in order.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="filter">The period and the pumps; several pumps are measured as one log.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, <c>TimeZoneUnknown</c>.</exception>
    public static IReadOnlyList<GlucoseProfileHour> Read(
        TandemDatabase database, RecordFilter filter, CancellationToken cancellationToken) =>
        Read(GlucoseLog.Read(database, filter, null, cancellationToken));

    /// <summary>The 24 hours of the day of a log, in order.</summary>
    /// <param name="log">The readings.</param>
    internal static IReadOnlyList<GlucoseProfileHour> Read(GlucoseLog log)
    {
        var hours = new Dictionary<int, (GlucoseValues Values, int Days)>();
        foreach (var (hour, ranges) in log.Split(new GlucoseGroups(GlucoseGrouping.Hour)))
        {
            hours[hour] = (new GlucoseValues(log.Points, ranges), log.DaysOf(ranges).Count);
        }

        var raw = Percentiles.Select(percentile => Enumerable.Range(0, Hours)
            .Select(hour => ReadingsOf(hour) >= percentile.Readings
                ? hours[hour].Values.Quantile(percentile.Thousandth)
                : (double?)null)
            .ToArray()).ToArray();
        var smoothed = raw.Select(Smooth).ToArray();
        return [.. Enumerable.Range(0, Hours).Select(hour => new GlucoseProfileHour
        {
            Hour = hour,
            Readings = ReadingsOf(hour),
            Days = hours.GetValueOrDefault(hour).Days,
            Percentile5 = smoothed[0][hour],
            Percentile25 = smoothed[1][hour],
            Median = smoothed[2][hour],
            Percentile75 = smoothed[3][hour],
            Percentile95 = smoothed[4][hour],
            RawPercentile5 = raw[0][hour],
            RawPercentile25 = raw[1][hour],
            RawMedian = raw[2][hour],
            RawPercentile75 = raw[3][hour],
            RawPercentile95 = raw[4][hour],
            Reason = ReasonOf(ReadingsOf(hour)),
        })];

        long ReadingsOf(int hour) => hours.GetValueOrDefault(hour).Values?.Readings ?? 0;
    }

    private static string? ReasonOf(long readings) => readings switch
    {
        0 => "There are no readings in this hour.",
        < 4 => $"Quartiles need 4 readings, the 5th and 95th percentiles 20; there are {readings}.",
        < 20 => $"The 5th and 95th percentiles need 20 readings; there are {readings}.",
        _ => null,
    };

    private static double?[] Smooth(double?[] values)
    {
        return [.. values.Select((value, hour) => value is { } here
            ? Smoothed(values[(hour + Hours - 1) % Hours], here, values[(hour + 1) % Hours])
            : (double?)null)];

        static double Smoothed(double? before, double here, double? after) => (before, after) switch
        {
            ({ } left, { } right) => (left + (4 * here) + right) / 6,
            ({ } left, null) => (left + (4 * here)) / 5,
            (null, { } right) => ((4 * here) + right) / 5,
            _ => here,
        };
    }
}
