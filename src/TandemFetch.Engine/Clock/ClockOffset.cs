namespace TandemFetch.Engine.Clock;

/// <summary>What a clock is ahead of UTC, split into what a zone could be ahead and the rest.</summary>
internal static class ClockOffset
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Least = TimeSpan.FromHours(-12);
    private static readonly TimeSpan Most = TimeSpan.FromHours(14);

    /// <summary>The nearest offset that a zone could have: whole quarter hours, as Nepal's 5:45, from −12:00 to +14:00.</summary>
    public static TimeSpan NearestZone(TimeSpan ahead)
    {
        var nearest = Quarter * Math.Round(ahead / Quarter, MidpointRounding.AwayFromZero);
        return nearest < Least ? Least : nearest > Most ? Most : nearest;
    }

    /// <summary>Whether a zone could have the offset, but for drift.</summary>
    public static bool IsOfZone(TimeSpan ahead) => (ahead - NearestZone(ahead)).Duration() <= Quarter / 2;

    /// <summary>The first offset of whole quarter hours that is not smaller.</summary>
    public static TimeSpan NextQuarter(TimeSpan least) => Quarter * Math.Ceiling(least / Quarter);
}
