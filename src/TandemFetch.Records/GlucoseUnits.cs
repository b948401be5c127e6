namespace TandemFetch.Records;

/// <summary>Glucose from mg/dL into the unit in which it is shown.</summary>
public static class GlucoseUnits
{
    /// <summary>mg/dL of one mmol/L, by the molar mass of glucose.</summary>
    public const double MgDlPerMmolL = 18.01559;

    /// <summary>A value, or a difference, in another unit.</summary>
    /// <param name="milligrams">mg/dL.</param>
    /// <param name="unit">The unit.</param>
    public static double Convert(double milligrams, GlucoseUnit unit) =>
        unit == GlucoseUnit.MmolL ? milligrams / MgDlPerMmolL : milligrams;

    /// <summary>The same of a value that may be missing.</summary>
    /// <param name="milligrams">mg/dL.</param>
    /// <param name="unit">The unit.</param>
    public static double? Convert(double? milligrams, GlucoseUnit unit) =>
        milligrams is { } value ? Convert(value, unit) : null;

    /// <summary>What the unit is called.</summary>
    /// <param name="unit">The unit.</param>
    public static string Name(GlucoseUnit unit) => unit == GlucoseUnit.MmolL ? "mmol/L" : "mg/dL";

    /// <summary>
    /// Measures with their values in another unit. Percents, times, indices and GMI have no unit and stay as they are.
    /// </summary>
    /// <param name="metrics">Measures in mg/dL.</param>
    /// <param name="unit">The unit.</param>
    public static GlucoseMetrics In(this GlucoseMetrics metrics, GlucoseUnit unit)
    {
        ArgumentNullException.ThrowIfNull(metrics);

        return metrics.Unit == unit ? metrics : metrics with
        {
            Unit = unit,
            Mean = Convert(metrics.Mean, unit),
            Median = Convert(metrics.Median, unit),
            LowerQuartile = Convert(metrics.LowerQuartile, unit),
            UpperQuartile = Convert(metrics.UpperQuartile, unit),
            InterquartileRange = Convert(metrics.InterquartileRange, unit),
            StandardDeviation = Convert(metrics.StandardDeviation, unit),
            Modd = Convert(metrics.Modd, unit),
            Conga1 = Convert(metrics.Conga1, unit),
            Conga2 = Convert(metrics.Conga2, unit),
            Conga4 = Convert(metrics.Conga4, unit),
            Conga24 = Convert(metrics.Conga24, unit),
            Mag = Convert(metrics.Mag, unit),
            Mage = Convert(metrics.Mage, unit),
            MagePlus = Convert(metrics.MagePlus, unit),
            MageMinus = Convert(metrics.MageMinus, unit),
            MageFirst = Convert(metrics.MageFirst, unit),
            MageMax = Convert(metrics.MageMax, unit),
            SdWithinDays = Convert(metrics.SdWithinDays, unit),
            SdOfTimes = Convert(metrics.SdOfTimes, unit),
            SdOfDailyMeans = Convert(metrics.SdOfDailyMeans, unit),
            SdBetweenDays = Convert(metrics.SdBetweenDays, unit),
        };
    }

    /// <summary>An hour of the glucose profile with its percentiles in another unit.</summary>
    /// <param name="hour">An hour in mg/dL.</param>
    /// <param name="unit">The unit.</param>
    public static GlucoseProfileHour In(this GlucoseProfileHour hour, GlucoseUnit unit)
    {
        ArgumentNullException.ThrowIfNull(hour);
        return hour.Unit == unit ? hour : hour with
        {
            Unit = unit,
            Percentile5 = Convert(hour.Percentile5, unit),
            Percentile25 = Convert(hour.Percentile25, unit),
            Median = Convert(hour.Median, unit),
            Percentile75 = Convert(hour.Percentile75, unit),
            Percentile95 = Convert(hour.Percentile95, unit),
            RawPercentile5 = Convert(hour.RawPercentile5, unit),
            RawPercentile25 = Convert(hour.RawPercentile25, unit),
            RawMedian = Convert(hour.RawMedian, unit),
            RawPercentile75 = Convert(hour.RawPercentile75, unit),
            RawPercentile95 = Convert(hour.RawPercentile95, unit),
        };
    }
}
