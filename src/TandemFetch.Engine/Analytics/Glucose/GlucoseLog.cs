using System.Runtime.CompilerServices;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>The readings of a period, each once and with the time that it stands for, ready to be measured.</summary>
internal sealed class GlucoseLog
{
    private readonly ArraySegment<GlucosePoint> _points;

    private GlucoseLog(RecordFilter filter, ZoneOffsets zone, ArraySegment<GlucosePoint> points)
    {
        (Filter, Zone, _points) = (filter, zone, points);
        Step = PrevailingInterval(points, point => point.Stands) ?? SensorLog.UsualInterval;
    }

    /// <summary>Which pumps, from when to when.</summary>
    public RecordFilter Filter { get; }

    /// <summary>The zone of days and hours.</summary>
    public ZoneOffsets Zone { get; }

    /// <summary>The readings, oldest first.</summary>
    public ReadOnlySpan<GlucosePoint> Points => _points;

    /// <summary>The step of the grid: the interval in which most of the time was measured, microseconds.</summary>
    public int Step { get; }

    /// <summary>
    /// The beginning of the day of the first reading, microseconds since 1970 UTC: what happens at that very moment
    /// ends the day before.
    /// </summary>
    public long BeginningOfDay => BeginningOfDayOf(Points);

    /// <summary>Reads the readings of a period.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="filter">The period and the pumps.</param>
    /// <param name="sensor">Only readings of this kind of sensor; null for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, <c>TimeZoneUnknown</c>.</exception>
    public static GlucoseLog Read(
        TandemDatabase database, RecordFilter filter, string? sensor, CancellationToken cancellationToken)
    {
        using var session = AnalysisSession.Open(database, filter, cancellationToken);
        return Read(session, sensor);
    }

    /// <summary>Reads the readings of the period of a session.</summary>
    /// <param name="session">The period and the pumps.</param>
    /// <param name="sensor">Only readings of this kind of sensor; null for all.</param>
    public static GlucoseLog Read(AnalysisSession session, string? sensor = null) =>
        new(session.Filter, session.Zone, new ReadingsReader(session).Read(sensor));

    /// <summary>The same for some of the readings.</summary>
    public long BeginningOfDayOf(ReadOnlySpan<GlucosePoint> points) => points.IsEmpty
        ? 0
        : UnixTime.Microseconds(Zone.StartOf(LocalTime.DateOf(LocalTime.DayOf(Zone.WallClock(points[0].Moment)))));

    /// <summary>The readings of each group, by ranges of their indexes.</summary>
    public SortedDictionary<int, List<Range>> Split(GlucoseGroups groups) =>
        groups.Split(Zone, _points.Count, index => _points[index].Moment);

    /// <summary>The local days of readings, in the order in which they begin.</summary>
    /// <param name="ranges">Ranges of their indexes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public IReadOnlyCollection<DayOfGlucose> DaysOf(IReadOnlyList<Range> ranges)
    {
        // A clock that is set back just after midnight shows the day before once more.
        var days = new Dictionary<int, DayOfGlucose>();
        DayOfGlucose? day = null;
        foreach (var range in ranges)
        {
            foreach (var point in Points[range])
            {
                var number = LocalTime.DayOf(Zone.WallClock(point.Moment));
                if (day?.Number != number && !days.TryGetValue(number, out day))
                {
                    days[number] = day = new DayOfGlucose(number);
                }

                day.Add(point.Glucose);
            }
        }

        return days.Values;
    }

    /// <summary>The interval with the greatest weight, and of as great ones the shortest; null without readings.
    /// </summary>
    /// <param name="points">Readings.</param>
    /// <param name="weightOf">What a reading adds to the weight of its interval.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int? PrevailingInterval(ReadOnlySpan<GlucosePoint> points, Func<GlucosePoint, long> weightOf)
    {
        var weights = new SortedDictionary<int, long>();
        for (var (first, next) = (0, 0); first < points.Length; first = next)
        {
            var weight = 0L;
            for (next = first; next < points.Length && points[next].Interval == points[first].Interval; next++)
            {
                weight += weightOf(points[next]);
            }

            weights[points[first].Interval] = weights.GetValueOrDefault(points[first].Interval) + weight;
        }

        return weights.Count == 0 ? null : weights.MaxBy(pair => pair.Value).Key;
    }
}
