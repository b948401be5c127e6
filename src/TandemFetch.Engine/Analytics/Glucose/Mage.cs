using System.Numerics;
using System.Runtime.CompilerServices;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>
/// Mean amplitude of glycemic excursions by moving averages (Fernandes and others, 2022, as iglu 4.3.0 counts it): on a
/// grid of 5 minutes, the crossings of a short and a long moving average bound the turning points; a rise or a fall
/// counts when it is at least the standard deviation of its stretch. Stretches without a gap of more than three hours
/// are averaged by their length.
/// </summary>
internal static class Mage
{
    private const long Step = 5 * LocalTime.Minute;
    private const int ShortAverage = 5;
    private const int LongAverage = 32;
    private const int LongestGap = 36;

    /// <summary>The measure for readings.</summary>
    /// <param name="points">Readings, oldest first.</param>
    /// <param name="after">Only steps after this moment, microseconds since 1970 UTC.</param>
    /// <returns>Null where no stretch is long enough or has an excursion.</returns>
    public static MageValues? Of(ReadOnlySpan<GlucosePoint> points, long after)
    {
        var stretches = Stretches(GlucoseGrid.Of(points, Step, after)).Select(Measure).OfType<Stretch>().ToList();
        return stretches.Count == 0
            ? null
            : new MageValues(
                Weighted(stretches.SelectMany(stretch => stretch.Both)),
                Weighted(stretches.Select(stretch => (stretch.First, stretch.Hours))),
                Weighted(stretches.Select(stretch => (Greater(stretch.Plus, stretch.Minus), stretch.Hours))),
                Weighted(stretches.Select(stretch => (stretch.Plus, stretch.Hours))),
                Weighted(stretches.Select(stretch => (stretch.Minus, stretch.Hours))));
    }

    private static double? Greater(double? one, double? other) => one > other || other is null ? one : other;

    private static double? Weighted(IEnumerable<(double? Value, double Hours)> values)
    {
        var known = values.Where(value => value.Value is not null).ToList();
        return known.Count == 0
            ? null
            : known.Sum(value => value.Value!.Value * value.Hours) / known.Sum(value => value.Hours);
    }

    /// <summary>Segments with no more than three hours between them as one, with nothing (NaN) in the gaps.</summary>
    private static IEnumerable<double[]> Stretches(List<GridSegment> segments)
    {
        for (var (first, last) = (0, 0); first < segments.Count; first = ++last)
        {
            while (last + 1 < segments.Count && segments[last + 1].FirstSlot - segments[last].EndSlot <= LongestGap)
            {
                last++;
            }

            yield return Joined(segments[first..(last + 1)]);
        }
    }

    private static double[] Joined(List<GridSegment> segments)
    {
        var values = new double[segments[^1].EndSlot - segments[0].FirstSlot];
        Array.Fill(values, double.NaN);
        foreach (var segment in segments)
        {
            segment.Values.CopyTo(values, segment.FirstSlot - segments[0].FirstSlot);
        }

        return values;
    }

    private static Stretch? Measure(double[] glucose)
    {
        if (glucose.Length < LongAverage || Deviation(glucose) is not { } deviation || deviation < 1)
        {
            return null;
        }

        var extremes = Extremes(glucose, Crossings(glucose));
        var rises = Excursions(extremes, deviation, rising: true);
        var falls = Excursions(extremes, deviation, rising: false);
        if (rises.Count == 0 && falls.Count == 0)
        {
            return null;
        }

        return new Stretch(
            (glucose.Length - 1) * Step / (double)LocalTime.Hour,
            Mean(rises),
            Mean(falls),
            rises.Count > 0 && (falls.Count == 0 || rises[0].To <= falls[0].From));
    }

    private static double? Mean(IReadOnlyList<Excursion> excursions) =>
        excursions.Count == 0 ? null : excursions.Average(excursion => excursion.Height);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double? Deviation(double[] glucose)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in glucose)
        {
            (sum, count) = double.IsNaN(value) ? (sum, count) : (sum + value, count + 1);
        }

        var (mean, squares) = (sum / count, 0.0);
        foreach (var value in glucose)
        {
            squares += double.IsNaN(value) ? 0 : (value - mean) * (value - mean);
        }

        return count > 1 ? Math.Sqrt(squares / (count - 1)) : null;
    }

    /// <summary>Where the short average crosses the long one, and whether a peak or a nadir follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static List<Crossing> Crossings(double[] glucose)
    {
        var above = MovingAverage(glucose, ShortAverage);
        var far = MovingAverage(glucose, LongAverage);
        for (var i = 0; i < above.Length; i++)
        {
            above[i] -= far[i];
        }

        var crossings = new List<Crossing> { new(0, above[0] > 0) };
        for (var i = 1; i < glucose.Length; i++)
        {
            if (double.IsNaN(glucose[i] + glucose[i - 1] + above[i] + above[i - 1]))
            {
                continue;
            }

            // After a gap, and after a stretch of no difference, the last crossing is what the sign is compared with.
            var before = above[i] * above[i - 1] < 0 ? above[i - 1] : above[crossings[^1].Index];
            if (above[i] * before < 0)
            {
                crossings.Add(new Crossing(i, above[i] > before));
            }
        }

        crossings.Add(new Crossing(glucose.Length - 1, above[^1] > 0));
        return crossings;
    }

    /// <summary>The mean of the last values; the first ones take that of the first full window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] MovingAverage(double[] glucose, int width)
    {
        // Several windows side by side, and each added up from its first value to its last: a sum that moves along
        // would collect errors, and averages of glucose that does not change would cross.
        var averages = new double[glucose.Length];
        var i = width - 1;
        for (; i + Vector<double>.Count <= glucose.Length; i += Vector<double>.Count)
        {
            var (sum, count) = (Vector<double>.Zero, Vector<double>.Zero);
            for (var j = i - width + 1; j <= i; j++)
            {
                var values = new Vector<double>(glucose, j);
                var known = Vector.Equals(values, values);
                sum += Vector.ConditionalSelect(known, values, Vector<double>.Zero);
                count += Vector.ConditionalSelect(known, Vector<double>.One, Vector<double>.Zero);
            }

            (sum / count).CopyTo(averages, i);
        }

        for (; i < glucose.Length; i++)
        {
            var known = glucose[(i - width + 1)..(i + 1)].Where(value => !double.IsNaN(value)).ToList();
            averages[i] = known.Sum() / known.Count;
        }

        Array.Fill(averages, averages[width - 1], 0, width - 1);
        return averages;
    }

    /// <summary>The turning points: each between the turning point before it and the next crossing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Extremes(double[] glucose, List<Crossing> crossings)
    {
        var extremes = new double[crossings.Count - 1];
        var from = 0;
        for (var i = 0; i < extremes.Length; i++)
        {
            var best = -1;
            for (var j = from; j <= crossings[i + 1].Index; j++)
            {
                if (!double.IsNaN(glucose[j])
                    && (best < 0 || (crossings[i].IsPeak ? glucose[j] > glucose[best] : glucose[j] < glucose[best])))
                {
                    best = j;
                }
            }

            (from, extremes[i]) = (best, glucose[best]);
        }

        return extremes;
    }

    /// <summary>
    /// Rises (or falls) of at least the deviation: from the lowest (highest) turning point so far to the highest
    /// (lowest) one before glucose turns by more than the deviation, or ends.
    /// </summary>
    private static List<Excursion> Excursions(double[] extremes, double deviation, bool rising)
    {
        var turned = rising ? extremes : [.. extremes.Select(value => -value)];
        var found = new List<Excursion>();
        var (start, to) = (0, 0);
        while (to < turned.Length)
        {
            var from = start;
            for (var i = start + 1; i <= to; i++)
            {
                from = turned[i] < turned[from] ? i : from;
            }

            if (turned[to] - turned[from] < deviation)
            {
                to++;
                continue;
            }

            var end = to;
            for (; end < turned.Length; end++)
            {
                to = turned[end] > turned[to] ? end : to;
                if (turned[to] - turned[end] > deviation)
                {
                    break;
                }
            }

            end = Math.Min(end, turned.Length - 1);
            found.Add(new Excursion(from, to, turned[to] - turned[from]));

            // A fall may begin where the one before ended; a rise begins after the turn.
            (start, to) = (rising ? end : to, end);
        }

        return found;
    }

    private readonly record struct Crossing(int Index, bool IsPeak);

    private readonly record struct Excursion(int From, int To, double Height);

    private sealed record Stretch(double Hours, double? Plus, double? Minus, bool IsPlusFirst)
    {
        public double? First => IsPlusFirst ? Plus : Minus;

        public IEnumerable<(double? Value, double Hours)> Both => [(Plus, Hours), (Minus, Hours)];
    }
}
