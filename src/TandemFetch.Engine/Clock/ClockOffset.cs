namespace TandemFetch.Engine.Clock;

/// <summary>A clock's offset from UTC, split into the offset that a zone could have and the rest.</summary>
internal static class ClockOffset
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);

    // Nepal, Eucla, and the Chatham Islands in winter and summer.
    private static readonly TimeSpan[] UnusualZones = [new(5, 45, 0), new(8, 45, 0), new(12, 45, 0), new(13, 45, 0)];
    private static readonly TimeSpan Least = TimeSpan.FromHours(-12);
    private static readonly TimeSpan Most = TimeSpan.FromHours(14);

    /// <summary>
    /// The nearest offset that a zone could have: a multiple of a quarter hour, such as Nepal's 5:45, from −12:00 to
    /// +14:00.
    /// </summary>
    public static TimeSpan NearestZone(TimeSpan ahead)
    {
        var nearest = Quarter * Math.Round(ahead / Quarter, MidpointRounding.AwayFromZero);
        return nearest < Least ? Least : nearest > Most ? Most : nearest;
    }

    /// <summary>Whether a zone could have the offset, apart from drift.</summary>
    public static bool IsOfZone(TimeSpan ahead) => (ahead - NearestZone(ahead)).Duration() <= Quarter / 2;

    /// <summary>
    /// The offset of a clock when it was set, calculated from its later offset: it was set correctly and has drifted
    /// since, unless it was set wrong by more than it could have drifted. Hardly any zone has an offset other than
    /// whole and half hours.
    /// </summary>
    public static TimeSpan WhenSet(TimeSpan ahead)
    {
        var nearest = UnusualZones.Append(HalfHour * Math.Round(ahead / HalfHour, MidpointRounding.AwayFromZero))
            .MinBy(offset => (ahead - offset).Duration());
        return IsWithin(nearest) && (ahead - nearest).Duration() <= Quarter ? nearest : ahead;
    }

    /// <summary>The first multiple of a quarter hour that is not smaller.</summary>
    public static TimeSpan NextQuarter(TimeSpan least) => Quarter * Math.Ceiling(least / Quarter);

    private static bool IsWithin(TimeSpan offset) => offset >= Least && offset <= Most;
}
