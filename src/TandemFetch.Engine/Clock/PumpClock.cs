namespace TandemFetch.Engine.Clock;

/// <summary>
/// The history of one pump's clock. Its owner sets it by hand, for daylight saving, after travel, and when it has
/// drifted or was wrong; entries 13
/// and 14 tell each setting, and an empty battery resets it without one.
/// </summary>
public sealed class PumpClock
{
    private readonly ClockSpan[] _spans;

    private PumpClock(ClockSpan[] spans) => _spans = spans;

    /// <summary>The spans, oldest first; together they cover the whole log.</summary>
    public IReadOnlyList<ClockSpan> Spans => _spans;

    /// <summary>Resolves a pump's clock.</summary>
    /// <param name="history">What the log and the uploads show of it.</param>
    /// <param name="zone">The zone configured for the pump.</param>
    public static PumpClock Resolve(ClockHistory history, ZoneOffsets zone)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(zone);
        return new PumpClock([.. new ClockResolver(history, zone).Spans()]);
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
}
