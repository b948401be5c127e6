namespace TandemFetch.Engine.Pipeline;

/// <summary>Which days are still to be fetched.</summary>
internal static class WindowPlan
{
    /// <summary>The longest range that the server answers.</summary>
    public const int LongestWindow = 28;

    /// <summary>
    /// The days of <paramref name="wanted"/> that are not done, as runs of days in order. A run that follows done days
    /// begins one day earlier, because late uploads add entries to the newest days.
    /// </summary>
    public static IReadOnlyList<DayRange> Missing(DayRange wanted, IEnumerable<DayRange> done)
    {
        var missing = new List<DayRange>();
        var next = wanted.First;
        foreach (var window in done.OrderBy(window => window.First).Append(new DayRange(wanted.Last.AddDays(1), DateOnly.MaxValue)))
        {
            if (window.First > next)
            {
                var last = window.First.AddDays(-1);
                missing.Add(new DayRange(Overlapping(next, wanted.First), last < wanted.Last ? last : wanted.Last));
            }

            if (window.Last >= wanted.Last)
            {
                break;
            }

            next = window.Last >= next ? window.Last.AddDays(1) : next;
        }

        return missing;
    }

    /// <summary>Runs of days as they are asked for when nothing fails: in windows that the server answers.</summary>
    public static IEnumerable<DayRange> Windows(DayRange run)
    {
        for (var rest = run; rest.Days > 0; rest = rest with { First = rest.First.AddDays(LongestWindow) })
        {
            yield return rest.Head(LongestWindow);
        }
    }

    private static DateOnly Overlapping(DateOnly first, DateOnly earliest) => first > earliest ? first.AddDays(-1) : first;
}
