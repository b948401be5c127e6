using System.Runtime.CompilerServices;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>
/// Puts readings on a grid of equal steps, by straight lines between readings that are no more than 45 minutes apart.
/// Source: iglu CGMS2DayByDay.
/// </summary>
internal static class GlucoseGrid
{
    /// <summary>Readings further apart than this are not joined, microseconds.</summary>
    public const long LongestJoin = 45L * LocalTime.Minute;

    /// <summary>The grid of readings, cut at the long gaps.</summary>
    /// <param name="points">Readings, oldest first.</param>
    /// <param name="step">The step, microseconds; null for that of most readings of each segment.</param>
    /// <param name="after">Only steps after this moment, microseconds since 1970 UTC.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static List<GridSegment> Of(ReadOnlySpan<GlucosePoint> points, long? step, long after)
    {
        var segments = new List<GridSegment>();
        for (var first = 0; first < points.Length;)
        {
            var last = first;
            while (last + 1 < points.Length && points[last + 1].Moment - points[last].Moment <= LongestJoin)
            {
                last++;
            }

            var readings = points[first..(last + 1)];
            var segment = On(
                readings,
                step ?? GlucoseLog.PrevailingInterval(readings, reading => reading.Interval)!.Value,
                after);
            if (segment.Values.Length > 0)
            {
                segments.Add(segment);
            }

            first = last + 1;
        }

        return segments;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static GridSegment On(ReadOnlySpan<GlucosePoint> readings, long step, long after)
    {
        var begins = Math.Max(CeilingOf(readings[0].Moment, step), (after / step) + 1);
        var values = new double[Math.Max(0, (readings[^1].Moment / step) - begins + 1)];
        var before = 0;
        for (var index = 0; index < values.Length; index++)
        {
            var moment = (begins + index) * step;
            while (before + 1 < readings.Length && readings[before + 1].Moment <= moment)
            {
                before++;
            }

            values[index] = readings[before].Moment == moment
                ? readings[before].Glucose
                : Between(readings[before], readings[before + 1], moment);
        }

        return new GridSegment(step, begins, values);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Between(GlucosePoint before, GlucosePoint next, long moment)
    {
        var share = (double)(moment - before.Moment) / (next.Moment - before.Moment);
        return before.Glucose + ((next.Glucose - before.Glucose) * share);
    }

    private static long CeilingOf(long moment, long step) => (moment + step - 1) / step;
}
