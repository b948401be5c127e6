using System.Globalization;
using System.Runtime.CompilerServices;
using TandemFetch.Engine.Clock;
using TandemFetch.Records;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>
/// What a log is split by, and what its groups can be measured for. A group has a number, by which groups are ordered.
/// </summary>
/// <param name="Grouping">A time; null for one group.</param>
internal sealed record GlucoseGroups(GlucoseGrouping? Grouping)
{
    /// <summary>Whether a group is one stretch of time, which excursions can be followed through.</summary>
    public bool IsContinuous =>
        Grouping is null or GlucoseGrouping.Day or GlucoseGrouping.Week or GlucoseGrouping.Month;

    /// <summary>Whether a group consists of whole days.</summary>
    public bool HasWholeDays => IsContinuous || Grouping == GlucoseGrouping.Weekday;

    /// <summary>
    /// The group that a local time counts with: days begin at midnight, weeks on Monday (ISO 8601); night is from 0 to
    /// 6 o'clock (consensus on CGM reporting, 2017).
    /// </summary>
    /// <param name="localTime">Microseconds since 1970.</param>
    public int GroupOf(long localTime)
    {
        var day = LocalTime.DayOf(localTime);
        var hour = (int)(localTime / LocalTime.Hour % 24);
        return Grouping switch
        {
            GlucoseGrouping.Day => day,
            GlucoseGrouping.Week => day - WeekdayOf(day),
            GlucoseGrouping.Month => MonthOf(LocalTime.DateOf(day)),
            GlucoseGrouping.Weekday => WeekdayOf(day),
            GlucoseGrouping.Hour => hour,
            GlucoseGrouping.DayPart => hour < 6 ? 0 : 1,
            _ => 0,
        };
    }

    /// <summary>A group as it is shown.</summary>
    public string? LabelOf(int group) => Grouping switch
    {
        GlucoseGrouping.Day => LocalTime.DateOf(group).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        GlucoseGrouping.Week => WeekLabel(LocalTime.DateOf(group).ToDateTime(TimeOnly.MinValue)),
        GlucoseGrouping.Month => FormattableString.Invariant($"{group / 12:0000}-{(group % 12) + 1:00}"),
        GlucoseGrouping.Weekday => CultureInfo.InvariantCulture.DateTimeFormat.DayNames[(group + 1) % 7],
        GlucoseGrouping.Hour => group.ToString("00", CultureInfo.InvariantCulture),
        GlucoseGrouping.DayPart => group == 0 ? "Night" : "Day",
        _ => null,
    };

    /// <summary>Splits a list of moments, oldest first, into the ranges of indexes that belong to each group.</summary>
    /// <param name="zone">The zone of days and hours.</param>
    /// <param name="count">The length of the list.</param>
    /// <param name="momentAt">A moment of the list, microseconds since 1970 UTC.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SortedDictionary<int, List<Range>> Split(ZoneOffsets zone, int count, Func<int, long> momentAt)
    {
        var groups = new SortedDictionary<int, List<Range>>();
        var (first, group, hour) = (0, 0, -1L);
        for (var index = 0; index < count; index++)
        {
            // A group consists of whole hours.
            var localTime = zone.WallClock(momentAt(index));
            if (localTime / LocalTime.Hour == hour)
            {
                continue;
            }

            hour = localTime / LocalTime.Hour;
            var next = GroupOf(localTime);
            if (index > 0 && next != group)
            {
                Add(group, first..index);
                first = index;
            }

            group = next;
        }

        if (count > 0)
        {
            Add(group, first..count);
        }

        return groups;

        void Add(int number, Range range)
        {
            if (!groups.TryGetValue(number, out var ranges))
            {
                groups[number] = ranges = [];
            }

            ranges.Add(range);
        }
    }

    /// <summary>
    /// How much of a stretch of time is in each group, by the zone, microseconds: hours that are left out do not count,
    /// and hours that come twice count twice.
    /// </summary>
    /// <param name="zone">The zone of days and hours.</param>
    /// <param name="begins">The beginning, microseconds since 1970 UTC.</param>
    /// <param name="ends">The end, microseconds since 1970 UTC.</param>
    public Dictionary<int, long> Share(ZoneOffsets zone, long begins, long ends)
    {
        var times = new Dictionary<int, long>();
        while (begins < ends)
        {
            var localTime = zone.WallClock(begins);
            var untilNextHour = LocalTime.Hour - (localTime % LocalTime.Hour);
            var end = Math.Min(Math.Min(ends, zone.NextChange(begins)), begins + untilNextHour);
            var group = GroupOf(localTime);
            times[group] = times.GetValueOrDefault(group) + end - begins;
            begins = end;
        }

        return times;
    }

    // 1970-01-01 was a Thursday.
    private static int WeekdayOf(int day) => (day + 3) % 7;

    private static int MonthOf(DateOnly date) => (date.Year * 12) + date.Month - 1;

    private static string WeekLabel(DateTime monday) =>
        FormattableString.Invariant($"{ISOWeek.GetYear(monday):0000}-W{ISOWeek.GetWeekOfYear(monday):00}");
}
