using System.Runtime.CompilerServices;
using TandemFetch.Engine.Clock;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>
/// The grid of a log as one list. A step counts with the day and the group in which it ends: the value at midnight is
/// the last one of a day, and the one at the midnight with which the period's first day begins is none of the period's.
/// Source: iglu CGMS2DayByDay.
/// </summary>
internal sealed class GlucoseSteps
{
    private readonly ZoneOffsets _zone;
    private readonly long _step;
    private readonly long[] _slots;
    private readonly double[] _values;

    /// <summary>Makes the grid of a log.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public GlucoseSteps(GlucoseLog log)
    {
        (_zone, _step) = (log.Zone, log.Step);
        var segments = GlucoseGrid.Of(log.Points, log.Step, log.BeginningOfDay);
        var count = segments.Sum(segment => segment.Values.Length);
        (_slots, _values) = (new long[count], new double[count]);
        var next = 0;
        foreach (var segment in segments)
        {
            segment.Values.CopyTo(_values, next);
            for (var index = 0; index < segment.Values.Length; index++)
            {
                _slots[next++] = segment.FirstSlot + index;
            }
        }
    }

    /// <summary>The steps of each group, by ranges of their indexes.</summary>
    public SortedDictionary<int, List<Range>> Split(GlucoseGroups groups) =>
        groups.Split(_zone, _slots.Length, EndOf);

    /// <summary>Differences between the steps of a group and those some time before, in whatever group.</summary>
    /// <param name="ranges">The group.</param>
    /// <param name="time">How long before, microseconds: a multiple of the step.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Differences DifferencesOver(IReadOnlyList<Range> ranges, long time)
    {
        var lag = time / _step;
        var differences = default(Differences);
        foreach (var range in ranges)
        {
            var found = Array.BinarySearch(_slots, _slots[range.Start.Value] - lag);
            var earlier = found < 0 ? ~found : found;
            for (var later = range.Start.Value; later < range.End.Value; later++)
            {
                var wanted = _slots[later] - lag;
                while (_slots[earlier] < wanted)
                {
                    earlier++;
                }

                if (_slots[earlier] == wanted)
                {
                    differences.Add(_values[later] - _values[earlier]);
                }
            }
        }

        return differences;
    }

    /// <summary>The deviations of a group within and between its days.</summary>
    /// <param name="ranges">The group.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public DailyDeviations DeviationsOf(IReadOnlyList<Range> ranges)
    {
        var deviations = new DailyDeviations();
        foreach (var range in ranges)
        {
            for (var index = range.Start.Value; index < range.End.Value; index++)
            {
                deviations.Add(_zone.WallClock(EndOf(index)), _values[index]);
            }
        }

        return deviations;
    }

    private long EndOf(int index) => (_slots[index] * _step) - 1;
}
