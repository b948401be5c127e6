using System.Runtime.CompilerServices;
using TandemFetch.Engine.Analytics.Glucose;

namespace TandemFetch.Engine.Analytics.Episodes;

/// <summary>
/// Finds episodes on a grid, segment by segment. One that a gap or the end of the readings cuts off counts, as in iglu
/// 4.3.0.
/// </summary>
internal static class EpisodeFinder
{
    /// <summary>All episodes of readings, by kind and then by time.</summary>
    /// <param name="points">Readings, oldest first.</param>
    /// <param name="after">Only steps after this moment, microseconds since 1970 UTC.</param>
    public static List<EpisodeSpan> Find(ReadOnlySpan<GlucosePoint> points, long after)
    {
        var segments = GlucoseGrid.Of(points, step: null, after);
        return [.. EpisodeRule.All.SelectMany(rule => segments.SelectMany(segment => Find(rule, segment)))];
    }

    private static IEnumerable<EpisodeSpan> Find(EpisodeRule rule, GridSegment segment)
    {
        for (var first = BeginOf(rule, segment, 0); first < segment.Values.Length;)
        {
            var end = EndOf(rule, segment, first);
            yield return Describe(rule, segment, first, end);
            first = BeginOf(rule, segment, end);
        }
    }

    /// <summary>The first step of the next episode, or the end of the segment.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int BeginOf(EpisodeRule rule, GridSegment segment, int from)
    {
        while (from < segment.Values.Length
            && !(rule.IsBeyond(segment.Values[from]) && Begins(rule, segment, from)))
        {
            from++;
        }

        return from;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Begins(EpisodeRule rule, GridSegment segment, int first)
    {
        var (glucose, needed) = (segment.Values, rule.StepsToBegin(segment.Step));
        var last = Math.Min(glucose.Length, first + (rule.Within > 0 ? rule.StepsWithin(segment.Step) : needed));
        var beyond = 0;
        for (var i = first; i < last; i++)
        {
            beyond += rule.IsBeyond(glucose[i]) ? 1 : 0;
        }

        return beyond >= needed;
    }

    /// <summary>The first of the steps that end it, or the end of the segment.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int EndOf(EpisodeRule rule, GridSegment segment, int first)
    {
        var needed = EpisodeRule.StepsToEnd(segment.Step);
        var back = 0;
        for (var i = first; i < segment.Values.Length; i++)
        {
            back = rule.IsBack(segment.Values[i]) ? back + 1 : 0;
            if (back == needed)
            {
                return i - needed + 1;
            }
        }

        return segment.Values.Length;
    }

    private static EpisodeSpan Describe(EpisodeRule rule, GridSegment segment, int first, int end)
    {
        var (extreme, sum) = (first, 0.0);
        for (var i = first; i < end; i++)
        {
            extreme = rule.IsMoreExtreme(segment.Values[i], segment.Values[extreme]) ? i : extreme;
            sum += segment.Values[i];
        }

        return new EpisodeSpan(
            rule.Kind,
            segment.MomentOf(first),
            segment.MomentOf(end),
            segment.MomentOf(extreme),
            segment.Values[extreme],
            sum / (end - first),
            end == segment.Values.Length);
    }
}
