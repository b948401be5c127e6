using TandemFetch.Engine.Analytics.Glucose;

namespace TandemFetch.Engine.Analytics.Meals;

/// <summary>The glucose around a meal, mg/dL; null where there is no reading.</summary>
internal sealed class MealGlucose
{
    private const long LongestBefore = 15L * LocalTime.Minute;
    private const long Nearby = 10L * LocalTime.Minute;

    private readonly int?[] _hours;

    /// <summary>Finds the glucose around a meal.</summary>
    /// <param name="meal">Its moment, microseconds since 1970 UTC.</param>
    /// <param name="points">Readings, oldest first.</param>
    public MealGlucose(long meal, ReadOnlySpan<GlucosePoint> points)
    {
        var first = FirstAfter(meal, points);
        if (first > 0 && points[first - 1].Moment > meal - LongestBefore)
        {
            Before = points[first - 1].Glucose;
        }

        foreach (var point in points[first..FirstAfter(meal + (4 * LocalTime.Hour), points)])
        {
            if (Peak is null || point.Glucose > Peak)
            {
                (Peak, PeakAfter) = (point.Glucose, point.Moment - meal);
            }

            Lowest = Math.Min(Lowest ?? int.MaxValue, point.Glucose);
            Covered += point.Stands;
        }

        _hours = new int?[4];
        for (var hour = 1; hour <= _hours.Length; hour++)
        {
            _hours[hour - 1] = NearestTo(meal + (hour * LocalTime.Hour), points);
        }
    }

    /// <summary>The last reading of the 15 minutes up to the meal.</summary>
    public int? Before { get; }

    /// <summary>The highest reading of the four hours after it.</summary>
    public int? Peak { get; }

    /// <summary>How long after the meal the first reading of that height is, microseconds.</summary>
    public long? PeakAfter { get; }

    /// <summary>The lowest reading of the four hours.</summary>
    public int? Lowest { get; }

    /// <summary>The time that the readings of the four hours stand for, microseconds.</summary>
    public long Covered { get; }

    /// <summary>The reading nearest to a number of hours after the meal, within 10 minutes.</summary>
    /// <param name="hours">1 to 4.</param>
    public int? AfterHours(int hours) => _hours[hours - 1];

    private static int? NearestTo(long moment, ReadOnlySpan<GlucosePoint> points)
    {
        var next = FirstAfter(moment, points);
        var after = next < points.Length ? points[next].Moment - moment : long.MaxValue;
        var before = next > 0 ? moment - points[next - 1].Moment : long.MaxValue;
        return Math.Min(before, after) > Nearby ? null
            : before <= after ? points[next - 1].Glucose
            : points[next].Glucose;
    }

    private static int FirstAfter(long moment, ReadOnlySpan<GlucosePoint> points)
    {
        var (low, high) = (0, points.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = points[middle].Moment <= moment ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
