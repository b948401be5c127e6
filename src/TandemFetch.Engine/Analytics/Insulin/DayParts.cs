using System.Runtime.CompilerServices;

namespace TandemFetch.Engine.Analytics.Insulin;

/// <summary>How much of each day something takes: stretches of time are cut at midnight.</summary>
/// <param name="days">The days, oldest first.</param>
internal sealed class DayParts(DayBounds[] days)
{
    private readonly long[] _lengths = new long[days.Length];

    // Stretches come in order of time, so the day found last is often the next one's, too.
    private int _last;

    /// <summary>The length of all that was added, microseconds.</summary>
    /// <param name="day">The number of the day among the days.</param>
    public long this[int day] => _lengths[day];

    /// <summary>Adds a stretch, in microseconds since 1970 UTC.</summary>
    /// <param name="began">Its beginning.</param>
    /// <param name="ended">Its end.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(long began, long ended)
    {
        if (ended <= began)
        {
            return;
        }

        for (var day = FirstThatEndsAfter(began); day < days.Length && days[day].Begins < ended; day++)
        {
            _lengths[day] += Math.Min(ended, days[day].Ends) - Math.Max(began, days[day].Begins);
            _last = day;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FirstThatEndsAfter(long moment)
    {
        if (_last < days.Length && moment >= days[_last].Begins && moment < days[_last].Ends)
        {
            return _last;
        }

        var (low, high) = (0, days.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = days[middle].Ends > moment ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
