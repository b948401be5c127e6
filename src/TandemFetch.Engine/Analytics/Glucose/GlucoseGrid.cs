namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>
/// Puts readings on a grid of equal steps, by straight lines between readings that are no more than 45 minutes apart:
/// the same as <c>grid.sql</c>, for measures that go through it in order.
/// </summary>
internal static class GlucoseGrid
{
    /// <summary>Readings further apart than this are not joined, microseconds.</summary>
    public const long LongestJoin = 45 * 60_000_000L;

    /// <summary>The grid of readings, cut at the long gaps.</summary>
    /// <param name="points">Readings, oldest first.</param>
    /// <param name="step">The step, microseconds; null for that of most readings of each segment.</param>
    /// <param name="after">Only steps after this moment, microseconds since 1970 UTC.</param>
    public static List<GridSegment> Of(IReadOnlyList<GlucosePoint> points, long? step, long after)
    {
        var segments = new List<GridSegment>();
        for (var first = 0; first < points.Count;)
        {
            var last = first;
            while (last + 1 < points.Count && points[last + 1].Moment - points[last].Moment <= LongestJoin)
            {
                last++;
            }

            var segment = Between(points, first, last, step ?? StepOf(points, first, last), after);
            if (segment.Values.Length > 0)
            {
                segments.Add(segment);
            }

            first = last + 1;
        }

        return segments;
    }

    private static GridSegment Between(IReadOnlyList<GlucosePoint> points, int first, int last, long step, long after)
    {
        var begins = Math.Max(CeilingOf(points[first].Moment, step), (after / step) + 1);
        var values = new List<double>();
        var reading = first;
        for (var slot = begins; slot * step <= points[last].Moment; slot++)
        {
            var moment = slot * step;
            while (reading < last && points[reading + 1].Moment <= moment)
            {
                reading++;
            }

            values.Add(ValueAt(points, reading, last, moment));
        }

        return new GridSegment(step, begins, [.. values]);
    }

    private static double ValueAt(IReadOnlyList<GlucosePoint> points, int reading, int last, long moment)
    {
        var before = points[reading];
        if (reading == last || before.Moment == moment)
        {
            return before.Glucose;
        }

        var next = points[reading + 1];
        var share = (double)(moment - before.Moment) / (next.Moment - before.Moment);
        return before.Glucose + ((next.Glucose - before.Glucose) * share);
    }

    private static long StepOf(IReadOnlyList<GlucosePoint> points, int first, int last) =>
        Enumerable.Range(first, last - first + 1)
            .GroupBy(index => points[index].Interval)
            .OrderByDescending(group => group.Count() * group.Key).ThenBy(group => group.Key)
            .First().Key;

    private static long CeilingOf(long moment, long step) => (moment + step - 1) / step;
}
