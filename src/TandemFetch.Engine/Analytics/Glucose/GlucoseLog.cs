using System.Text;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>The readings of a period, each once and with the time that it stands for, ready to be measured.</summary>
internal sealed class GlucoseLog : IDisposable
{
    private const long Minute = 60_000_000;

    private readonly Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<GlucosePoint>>> _points = [];

    private GlucoseLog(AnalysisSession session) => Session = session;

    /// <summary>The connection on which the readings lie in <c>analysis_readings</c>.</summary>
    public AnalysisSession Session { get; }

    /// <summary>The step of the grid: the interval in which most of the time was measured, microseconds.</summary>
    public long Step { get; private set; }

    /// <summary>Reads the readings of a period.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="filter">The period and the pumps.</param>
    /// <param name="sensor">Only readings of this kind of sensor; null for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, <c>TimeZoneUnknown</c>.</exception>
    public static GlucoseLog Open(
        TandemDatabase database, RecordFilter filter, string? sensor, CancellationToken cancellationToken)
    {
        var session = AnalysisSession.Open(database, filter, cancellationToken);
        try
        {
            session.Execute(
                AnalysisSql.Read("Glucose", "readings"),
                new { from = session.From, until = session.Until, sensor });
            var steps = session.Query<long>(AnalysisSql.Read("Glucose", "step"));
            return new GlucoseLog(session) { Step = steps.Count > 0 ? steps[0] : 5 * Minute };
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The readings, oldest first.</summary>
    public IReadOnlyList<GlucosePoint> Points() => Points("").Values.FirstOrDefault() ?? [];

    /// <summary>The readings of each group, oldest first.</summary>
    /// <param name="grouping">The name of the grouping; empty for one group.</param>
    public IReadOnlyDictionary<string, IReadOnlyList<GlucosePoint>> Points(string grouping)
    {
        if (!_points.TryGetValue(grouping, out var points))
        {
            _points[grouping] = points = ReadPoints(grouping);
        }

        return points;
    }

    /// <inheritdoc/>
    public void Dispose() => Session.Dispose();

    private Dictionary<string, IReadOnlyList<GlucosePoint>> ReadPoints(string grouping)
    {
        var groups = new Dictionary<string, IReadOnlyList<GlucosePoint>>();
        List<GlucosePoint> points = [];
        byte[]? bucket = null;
        using var rows = Session.Read(AnalysisSql.Read("Glucose", "points")
            .Replace("{grouping}", SqlText.Literal(grouping), StringComparison.Ordinal));
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                // Neighbors are in one group, as a rule.
                if (bucket is null || !rows.Utf8(0, row).SequenceEqual(bucket))
                {
                    bucket = rows.Utf8(0, row).ToArray();
                    points = PointsOf(groups, Encoding.UTF8.GetString(bucket));
                }

                points.Add(new GlucosePoint(rows.Int64(1, row), rows.Int32(2, row), rows.Int64(3, row)));
            }
        }

        return groups;
    }

    private static List<GlucosePoint> PointsOf(
        Dictionary<string, IReadOnlyList<GlucosePoint>> groups, string bucket)
    {
        if (groups.TryGetValue(bucket, out var known))
        {
            return (List<GlucosePoint>)known;
        }

        List<GlucosePoint> points = [];
        groups[bucket] = points;
        return points;
    }
}
