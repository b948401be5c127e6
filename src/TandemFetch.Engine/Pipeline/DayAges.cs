using TandemFetch.Engine.Clock;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// How long ago, by true time, a pump's clock showed a day. If the year was wrong for a week, what was logged in those
/// days is as old as that week, whatever the dates.
/// </summary>
internal sealed class DayAges
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // Clocks in use are at most this far behind UTC.
    private static readonly TimeSpan FarthestBehind = TimeSpan.FromHours(12);

    private readonly List<Stretch> _stretches = [];

    /// <param name="settings">All settings of the clock, in log order.</param>
    /// <param name="newest">What the clock showed at the newest entry.</param>
    /// <param name="behind">How far the clock is behind true time now; negative if it is ahead.</param>
    public DayAges(IReadOnlyList<ClockSetting> settings, DateTime newest, TimeSpan behind)
    {
        // From the newest part of the log back: the clock is known best now, and each setting tells how it was before.
        var end = newest;
        behind = Plausible(behind);
        foreach (var setting in settings.Reverse())
        {
            var begin = setting.PumpTime.ToDateTime();
            if (end >= begin - Day)
            {
                Add(begin, end, behind);
            }
            else
            {
                // The clock was reset in between, as by an empty battery. Until then, nothing says that it was wrong.
                Add(end.AddDays(1 - FetchPlan.LongestWindow), end, behind);
                Add(begin, end + behind, TimeSpan.Zero);
                behind = TimeSpan.Zero;
            }

            end = setting.Before.ToDateTime();
            behind = Plausible(behind + setting.Change);
        }

        Add(DateTime.MinValue, end, behind);
    }

    /// <summary>When a day is over everywhere, if the clock is right.</summary>
    public static DateTimeOffset EndOf(DateOnly day) =>
        new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) + FarthestBehind;

    /// <summary>How long ago a day ended, at a time; at least a day.</summary>
    public TimeSpan At(DateTimeOffset time, DateOnly day)
    {
        var behind = _stretches.Where(stretch => stretch.First <= day && day <= stretch.Last)
            .Select(stretch => (TimeSpan?)stretch.Behind).Max() ?? TimeSpan.Zero;
        var age = time - EndOf(day) - behind;
        return age > Day ? age : Day;
    }

    // Zones, daylight saving and drift are no wrong dates, and would add up.
    private static TimeSpan Plausible(TimeSpan behind) => behind.Duration() < Day ? TimeSpan.Zero : behind;

    private void Add(DateTime begin, DateTime end, TimeSpan behind) => _stretches.Add(new Stretch(
        DateOnly.FromDateTime(begin == DateTime.MinValue ? begin : begin.AddDays(-1)),
        DateOnly.FromDateTime(end),
        behind));

    private sealed record Stretch(DateOnly First, DateOnly Last, TimeSpan Behind);
}
