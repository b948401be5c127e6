using System.Runtime.CompilerServices;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>
/// Deviations within and between days on the grid, mg/dL, each with n - 1. Source: Rodbard 2009; iglu sd_measures.
/// </summary>
internal sealed class DailyDeviations
{
    private readonly Dictionary<int, DayOfSteps> _days = [];
    private readonly Spread[] _minutes = new Spread[24 * 60];
    private DayOfSteps? _day;

    /// <summary>How many days there are.</summary>
    public int Days => _days.Count;

    /// <summary>Of the values of a day, the mean of the days (SDw); null where no day has two values.</summary>
    public double? WithinDays => _days.Values.Average(day => day.Values.Deviation);

    /// <summary>Of the means of the days (SDdm); null for one day.</summary>
    public double? OfDailyMeans => Spread.Of(_days.Values.Select(day => day.Values.Mean)).Deviation;

    /// <summary>Of the mean by time of the day (SDhh:mm); null for one time.</summary>
    public double? OfTimes => Spread.Of(Times.Select(time => time.Mean)).Deviation;

    /// <summary>Of the days at one time of the day, the mean of the times (SDb); null where no time has two days.
    /// </summary>
    public double? BetweenDays => Times.Average(time => time.Deviation);

    private IEnumerable<Spread> Times => _minutes.Where(minute => minute.Count > 0);

    /// <summary>Adds a step.</summary>
    /// <param name="localTime">A time that it counts with, microseconds since 1970.</param>
    /// <param name="glucose">mg/dL.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(long localTime, double glucose)
    {
        // A clock that is set back just after midnight shows the day before once more.
        var number = LocalTime.DayOf(localTime);
        if (_day?.Number != number && !_days.TryGetValue(number, out _day))
        {
            _days[number] = _day = new DayOfSteps(number);
        }

        _day.Values.Add(glucose);
        _minutes[localTime % LocalTime.Day / LocalTime.Minute].Add(glucose);
    }
}
