using TandemFetch.Engine.Analytics.Insulin;

namespace TandemFetch.Engine.Report;

/// <summary>Divides basal deliveries by day, in the order of the days.</summary>
/// <param name="deliveries">The deliveries, oldest first.</param>
/// <param name="since">Deliveries that began before are left out; microseconds since 1970 UTC.</param>
internal sealed class BasalDays(List<BasalStretch> deliveries, long since)
{
    private List<BasalStretch> _reachingOn = [];
    private int _next;

    /// <summary>The deliveries that overlap the next day, oldest first.</summary>
    /// <param name="from">Its first moment, where the day before it ended.</param>
    /// <param name="to">The first moment after it.</param>
    public List<BasalStretch> Next(long from, long to)
    {
        var day = _reachingOn;
        for (; _next < deliveries.Count && deliveries[_next].Began < to; _next++)
        {
            var delivery = deliveries[_next];
            if (delivery.Began >= since && (delivery.Began >= from || ReachesBeyond(delivery, from)))
            {
                day.Add(delivery);
            }
        }

        _reachingOn = day.FindAll(delivery => ReachesBeyond(delivery, to));
        return day;
    }

    // A delivery whose end is not known is shown where it begins, not on all days from there on.
    private static bool ReachesBeyond(BasalStretch delivery, long moment) =>
        delivery.Ended > moment && delivery.Ended != BasalStretch.Lasting;
}
