using System.Runtime.CompilerServices;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>
/// How long each value was measured, and what rests on that whatever the order of readings: whole mg/dL and whole
/// microseconds, so that sums are exact.
/// </summary>
internal sealed class GlucoseValues
{
    private readonly TimeOfValue[] _values;

    /// <summary>Counts readings.</summary>
    /// <param name="points">All readings.</param>
    /// <param name="ranges">Those to count, at least one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public GlucoseValues(ReadOnlySpan<GlucosePoint> points, IReadOnlyList<Range> ranges)
    {
        var values = new TimeOfValue[512];
        foreach (var range in ranges)
        {
            foreach (var point in points[range])
            {
                if (point.Glucose >= values.Length)
                {
                    Array.Resize(ref values, point.Glucose + 1);
                }

                values[point.Glucose].Add(point.Stands);
            }
        }

        _values =
        [
            .. values.Select((value, glucose) => value with { Glucose = glucose }).Where(value => value.Readings > 0),
        ];
        Readings = _values.Sum(value => (long)value.Readings);
        Time = _values.Sum(value => value.Time);
    }

    /// <summary>How many readings there are.</summary>
    public long Readings { get; }

    /// <summary>The time that they stand for, microseconds.</summary>
    public long Time { get; }

    /// <summary>Their mean by time, mg/dL. Source: consensus on CGM reporting, 2017; iglu mean_glu.</summary>
    public double Mean => (double)Weighted / Time;

    /// <summary>
    /// Their standard deviation by time, mg/dL, which is the one with n - 1 for readings of one interval; null for one
    /// reading. Source: consensus on CGM reporting, 2017; iglu sd_glu.
    /// </summary>
    public double? StandardDeviation
    {
        get
        {
            Int128 squares = 0;
            foreach (var value in _values)
            {
                squares += (Int128)value.Time * value.Glucose * value.Glucose;
            }

            var distances = (double)((Time * squares) - (Weighted * Weighted));
            return Readings > 1 ? Math.Sqrt(distances / Time / Time * Readings / (Readings - 1)) : null;
        }
    }

    /// <summary>
    /// Glycemia Risk Index: 0 to 100, by its own four ranges whatever the preset. Source: Klonoff 2022; iglu gri.
    /// </summary>
    public double GlycemiaRiskIndex => Math.Min(100, 100 * (
        (3.0 * TimeBetween(0, 53)) + (2.4 * TimeBetween(54, 69))
        + (1.6 * TimeBetween(251, int.MaxValue)) + (0.8 * TimeBetween(181, 250))) / Time);

    /// <summary>Low blood glucose index. Source: Kovatchev 1997 and 2006; iglu lbgi.</summary>
    public double LowBloodGlucoseIndex => RiskWhere(scaled => scaled < 0);

    /// <summary>High blood glucose index. Source: Kovatchev 1997 and 2006; iglu hbgi.</summary>
    public double HighBloodGlucoseIndex => RiskWhere(scaled => scaled > 0);

    private Int128 Weighted
    {
        get
        {
            Int128 weighted = 0;
            foreach (var value in _values)
            {
                weighted += (Int128)value.Time * value.Glucose;
            }

            return weighted;
        }
    }

    /// <summary>
    /// How long glucose was in a range, microseconds. Values are whole mg/dL and are never converted before they are
    /// compared.
    /// </summary>
    /// <param name="lowest">The lowest value of the range, mg/dL.</param>
    /// <param name="highest">The highest value of the range, mg/dL.</param>
    public long TimeBetween(int lowest, int highest) =>
        _values.Where(value => value.Glucose >= lowest && value.Glucose <= highest).Sum(value => value.Time);

    /// <summary>
    /// A quantile, mg/dL, weighed by time. With readings of one interval: linear interpolation at (n - 1) p, which is
    /// R's type 7, Excel's PERCENTILE.INC and DuckDB's quantile_cont. With others, reading k of n in order of its
    /// value, and of its time among those of one value, stands at (k - 1) w_k + (n - 1) (w_1 + ... + w_{k-1}), and the
    /// last one at p = 1.
    /// </summary>
    /// <param name="thousandth">p, times 1000.</param>
    public double Quantile(int thousandth)
    {
        var wanted = thousandth * (Int128)(Readings - 1) * Time;
        var (rank, before) = (0L, 0L);
        var (below, end) = (_values[0].Glucose, (Int128)0);
        foreach (var value in _values)
        {
            var begin = 1000 * (((Int128)rank * value.Shortest) + ((Int128)(Readings - 1) * before));
            if (wanted < begin)
            {
                return below + ((value.Glucose - below) * ((double)(wanted - end) / (double)(begin - end)));
            }

            (below, end) = (value.Glucose, 1000 * LastPlace(value, rank, before));
            if (wanted <= end)
            {
                break;
            }

            rank += value.Readings;
            before += value.Time;
        }

        return below;
    }

    private Int128 LastPlace(TimeOfValue value, long rank, long before) =>
        ((Int128)(rank + value.Readings - 1) * value.Longest)
        + ((Int128)(Readings - 1) * (before + value.Time - value.Longest));

    private double RiskWhere(Func<double, bool> isOfIndex) => _values
        .Select(value => (value.Time, Scaled: GlucoseFormulas.RiskScale(value.Glucose)))
        .Where(value => isOfIndex(value.Scaled))
        .Sum(value => value.Time * GlucoseFormulas.Risk(value.Scaled)) / Time;
}
