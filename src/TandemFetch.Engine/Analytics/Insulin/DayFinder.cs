using System.Runtime.CompilerServices;

namespace TandemFetch.Engine.Analytics.Insulin;

/// <summary>Finds the days of moments.</summary>
/// <param name="days">The days, oldest first.</param>
internal sealed class DayFinder(DayBounds[] days)
{
    // Moments come in order, as a rule, so the day found last is often the next one's, too.
    private int _last;

    /// <summary>The number of the first day that ends after a moment; the number of days where there is none.</summary>
    /// <param name="moment">Microseconds since 1970 UTC.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int FirstThatEndsAfter(long moment)
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

        _last = low;
        return low;
    }
}
