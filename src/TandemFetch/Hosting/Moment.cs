using TandemFetch.Engine.Clock;

namespace TandemFetch.Hosting;

/// <summary>
/// A moment as it was passed to a command. If it has neither zone nor offset, it is in the pump's zone, which may not
/// be known before the database is open.
/// </summary>
public sealed class Moment
{
    private readonly Func<ZoneOffsets, DateTimeOffset> _inZone;

    private Moment(bool isExact, Func<ZoneOffsets, DateTimeOffset> inZone)
    {
        IsExact = isExact;
        _inZone = inZone;
    }

    /// <summary>Whether it is the same moment in every zone.</summary>
    internal bool IsExact { get; }

    /// <summary>An exact moment.</summary>
    /// <param name="moment">The moment.</param>
    public static implicit operator Moment(DateTimeOffset moment) => FromDateTimeOffset(moment);

    /// <summary>An exact moment.</summary>
    /// <param name="moment">The moment.</param>
    public static Moment FromDateTimeOffset(DateTimeOffset moment) => new(isExact: true, _ => moment);

    /// <summary>What the clocks in the pump's zone show.</summary>
    internal static Moment OfClock(DateTime clock) => new(isExact: false, zone => zone.FirstAt(clock));

    /// <summary>A time of the current day in the pump's zone, or of an earlier day.</summary>
    internal static Moment OfDay(DateTimeOffset now, int daysAgo, TimeSpan time = default) =>
        new(isExact: false, zone => zone.FirstAt(zone.ToLocal(now).Date.AddDays(-daysAgo) + time));

    /// <summary>The moment, for a pump in a zone.</summary>
    internal DateTimeOffset In(ZoneOffsets zone) => _inZone(zone);
}
