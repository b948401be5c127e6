namespace TandemFetch.Engine.Clock;

/// <summary>
/// The history of one pump's clock. Its owner sets it by hand, for daylight saving, after travel, and when it has drifted;
/// entries 13 and 14 tell each setting. From the anchored newest span this walks back over the settings: each earlier span's
/// clock differs by the size of the change between them.
/// </summary>
public sealed class PumpClock
{
    // A clock set by more was never set before, or was reset: what it showed before means nothing.
    private static readonly TimeSpan LargestSetting = TimeSpan.FromHours(26);

    // Zones differ by multiples of this; the rest of a change is drift.
    private static readonly TimeSpan ZoneStep = TimeSpan.FromMinutes(30);

    // One visit to the settings screen writes the date and the time next to each other.
    private const long AdjacentPositions = 2;

    private readonly ClockSpan[] _spans;

    private PumpClock(ClockSpan[] spans) => _spans = spans;

    /// <summary>The spans, oldest first; together they cover the whole log.</summary>
    public IReadOnlyList<ClockSpan> Spans => _spans;

    /// <summary>Resolves a pump's clock.</summary>
    /// <param name="settings">All settings of the clock, in log order.</param>
    /// <param name="anchor">The newest span's offset.</param>
    public static PumpClock Resolve(IReadOnlyList<ClockSetting> settings, ClockAnchor anchor)
    {
        var spans = new List<ClockSpan>();
        TimeSpan? zoneOffset = anchor.Offset;
        var drift = TimeSpan.Zero;
        var resolution = anchor.Resolution;
        var last = long.MaxValue;

        foreach (var visit in Visits(settings).Reverse())
        {
            var total = TimeSpan.FromTicks(visit.Sum(setting => setting.Change.Ticks));
            var isReset = total.Duration() > LargestSetting;
            TimeSpan? zoneBefore = isReset ? null : zoneOffset - RoundToZone(total);
            var driftBefore = isReset ? TimeSpan.Zero : RoundToZone(total) - total;

            // Inside a visit, an entry between its two settings stands on a clock that is half set.
            var begun = new List<ClockSpan>();
            var changed = TimeSpan.Zero;
            for (var index = 0; index < visit.Count; index++)
            {
                changed += visit[index].Change;
                var (position, time) = (visit[index].Position, visit[index].PumpTime);
                begun.Add(index == visit.Count - 1
                    ? new ClockSpan(position, last, time, zoneOffset, drift, resolution)
                    : new ClockSpan(
                        position,
                        visit[index + 1].Position - 1,
                        time,
                        zoneBefore + RoundToZone(changed),
                        isReset ? TimeSpan.Zero : driftBefore + changed - RoundToZone(changed),
                        isReset ? SpanResolution.Unknown : SpanResolution.Change));
            }

            spans.AddRange(Enumerable.Reverse(begun));
            last = visit[0].Position - 1;
            zoneOffset = zoneBefore;
            drift = zoneBefore is null ? TimeSpan.Zero : driftBefore;
            resolution = zoneBefore is null ? SpanResolution.Unknown : SpanResolution.Change;
        }

        spans.Add(new ClockSpan(0, last, null, zoneOffset, drift, resolution));
        spans.Reverse();
        return new PumpClock([.. spans]);
    }

    /// <summary>The span that a place in the log falls into.</summary>
    public ClockSpan SpanAt(long position)
    {
        var low = 0;
        var high = _spans.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_spans[middle].FirstPosition <= position)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return _spans[low];
    }

    /// <summary>Settings made in one visit to the settings screen; entries that changed nothing are left out.</summary>
    private static IEnumerable<List<ClockSetting>> Visits(IReadOnlyList<ClockSetting> settings)
    {
        List<ClockSetting>? visit = null;
        foreach (var setting in settings.Where(setting => setting.Change != TimeSpan.Zero))
        {
            if (visit is not null && setting.Position - visit[^1].Position <= AdjacentPositions)
            {
                visit.Add(setting);
                continue;
            }

            if (visit is not null)
            {
                yield return visit;
            }

            visit = [setting];
        }

        if (visit is not null)
        {
            yield return visit;
        }
    }

    private static TimeSpan RoundToZone(TimeSpan change) =>
        TimeSpan.FromTicks((long)Math.Round((double)change.Ticks / ZoneStep.Ticks, MidpointRounding.AwayFromZero) * ZoneStep.Ticks);
}
