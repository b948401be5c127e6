namespace TandemFetch.Engine.Clock;

/// <summary>
/// The history of a pump's clock. Its owner sets it by hand, for daylight saving, after travel, and when it has drifted
/// or was wrong. Entries 13 and 14 record each setting; an empty battery resets the clock without one.
/// </summary>
public sealed class PumpClock
{
    private readonly ClockSpan[] _spans;

    private PumpClock(ClockSpan[] spans) => _spans = spans;

    /// <summary>The spans, oldest first; together they cover the whole log.</summary>
    public IReadOnlyList<ClockSpan> Spans => _spans;

    /// <summary>Resolves a pump's clock.</summary>
    /// <param name="history">What the log and the uploads show about it.</param>
    /// <param name="zone">The zone configured for the pump.</param>
    public static PumpClock Resolve(ClockHistory history, ZoneOffsets zone)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(zone);
        return new PumpClock([.. new ClockResolver(history, zone).Spans()]);
    }

    /// <summary>The span that contains a log position.</summary>
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
