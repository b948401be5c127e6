using TandemFetch.Records;

namespace TandemFetch.Engine.Report;

/// <summary>A range of glucose with its share of the time and its goal.</summary>
/// <param name="Class">Its class in the style sheet.</param>
/// <param name="Name">What it is called, with its borders without their unit.</param>
/// <param name="Percent">Percent of the time.</param>
/// <param name="Goal">Its goal; empty for none.</param>
internal sealed record RangeShare(string Class, string Name, double? Percent, string Goal)
{
    /// <summary>The ranges of a period, from very high to very low.</summary>
    /// <param name="metrics">The measures of the period.</param>
    /// <param name="text">The borders as text.</param>
    public static IReadOnlyList<RangeShare> Of(GlucoseMetrics metrics, ReportText text)
    {
        var ranges = metrics.Range;
        var shares = new List<RangeShare>();
        if (ranges.VeryHighAbove is { } veryHigh)
        {
            shares.Add(new(
                "very-high",
                $"Very high, >\u00A0{text.Glucose(veryHigh)}",
                metrics.VeryHighPercent,
                Less(ranges.VeryHighGoal)));
        }

        shares.Add(new(
            "high",
            ranges.VeryHighAbove is { } highest
                ? $"High, >\u00A0{text.Glucose(ranges.HighAbove)} to {text.Glucose(highest)}"
                : $"High, >\u00A0{text.Glucose(ranges.HighAbove)}",
            metrics.HighPercent,
            Less(ranges.HighGoal)
                + (ranges.VeryHighAbove is null || ranges.HighGoal is null ? "" : " with very high")));
        shares.Add(new(
            "in-range",
            $"Target, {text.Glucose(ranges.LowBelow)} to {text.Glucose(ranges.HighAbove)}",
            metrics.InRangePercent,
            ranges.InRangeGoal is { } goal ? $"> {text.Number(goal, "0")} %" : ""));
        shares.Add(new(
            "low",
            ranges.VeryLowBelow is { } lowest
                ? $"Low, {text.Glucose(lowest)} to <\u00A0{text.Glucose(ranges.LowBelow)}"
                : $"Low, <\u00A0{text.Glucose(ranges.LowBelow)}",
            metrics.LowPercent,
            Less(ranges.LowGoal) + (ranges.VeryLowBelow is null || ranges.LowGoal is null ? "" : " with very low")));
        if (ranges.VeryLowBelow is { } veryLow)
        {
            shares.Add(new(
                "very-low",
                $"Very low, <\u00A0{text.Glucose(veryLow)}",
                metrics.VeryLowPercent,
                Less(ranges.VeryLowGoal)));
        }

        return shares;

        string Less(double? goal) => goal is null ? "" : $"< {text.Number(goal, "0")} %";
    }
}
