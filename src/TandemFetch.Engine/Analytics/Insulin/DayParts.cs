using System.Runtime.CompilerServices;

namespace TandemFetch.Engine.Analytics.Insulin;

/// <summary>How much of each day something takes: stretches of time are cut at midnight.</summary>
/// <param name="days">The days, oldest first.</param>
internal sealed class DayParts(DayBounds[] days)
{
    private readonly long[] _lengths = new long[days.Length];

    private readonly DayFinder _finder = new(days);

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

        for (var day = _finder.FirstThatEndsAfter(began); day < days.Length && days[day].Begins < ended; day++)
        {
            _lengths[day] += Math.Min(ended, days[day].Ends) - Math.Max(began, days[day].Begins);
        }
    }
}
