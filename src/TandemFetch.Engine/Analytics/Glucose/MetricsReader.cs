using TandemFetch.Engine.Reading;
using TandemFetch.Records;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>All measures of a log, group by group.</summary>
internal sealed class MetricsReader
{
    /// <summary>Fewer readings, or fewer pairs of them, have no deviation worth the name.</summary>
    public const int LeastReadings = 30;

    private readonly ValueMeasures _values;
    private readonly SequenceMeasures _sequences;

    /// <summary>Prepares to measure the groups of a log.</summary>
    /// <param name="log">The readings.</param>
    /// <param name="ranges">The ranges to measure the time in.</param>
    /// <param name="grouping">What to split it by: a time; null for nothing.</param>
    public MetricsReader(GlucoseLog log, GlucoseRanges ranges, GlucoseGrouping? grouping)
    {
        var groups = new GlucoseGroups(grouping);
        _values = new ValueMeasures(log, ranges, groups);
        _sequences = new SequenceMeasures(log, groups);
    }

    /// <summary>The groups that have readings, in their order.</summary>
    public IReadOnlyCollection<int> Groups => _values.Groups;

    /// <summary>What is said of a period without readings.</summary>
    public static GlucoseMetrics Nothing(RecordFilter filter, GlucoseRanges ranges) => new()
    {
        Since = filter.Since,
        Until = filter.Until,
        Range = ranges,
        Missing = [new MissingMeasure("All", "There are no readings in this range of time.")],
    };

    /// <summary>The measures of a group.</summary>
    public GlucoseMetrics Of(int group)
    {
        var missing = new MissingMeasures();
        var metrics = _sequences.AddTo(
            _values.Of(group, missing), group, _values.PointsOf(group), missing);
        return metrics with { Missing = missing.All };
    }
}
