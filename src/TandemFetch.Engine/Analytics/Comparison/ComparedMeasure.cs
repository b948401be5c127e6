using TandemFetch.Records;

namespace TandemFetch.Engine.Analytics.Comparison;

/// <summary>A measure that two periods are compared by: of glucose or of insulin.</summary>
/// <param name="Name">The property.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="OfGlucose">Its value where it is one of glucose.</param>
/// <param name="OfInsulin">Its value where it is one of insulin.</param>
/// <param name="IsDaily">Whether a single day has a value of its own.</param>
internal sealed record ComparedMeasure(
    string Name,
    string Unit,
    Func<GlucoseMetrics, double?>? OfGlucose,
    Func<InsulinMetrics, double?>? OfInsulin,
    bool IsDaily)
{
    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<ComparedMeasure> All { get; } =
    [
        Glucose(nameof(GlucoseMetrics.SensorActivePercent), "%", metrics => metrics.SensorActivePercent),
        Glucose(nameof(GlucoseMetrics.Mean), "mg/dL", metrics => metrics.Mean),
        Glucose(nameof(GlucoseMetrics.StandardDeviation), "mg/dL", metrics => metrics.StandardDeviation),
        Glucose(nameof(GlucoseMetrics.CoefficientOfVariation), "%", metrics => metrics.CoefficientOfVariation),
        Glucose(nameof(GlucoseMetrics.Gmi), "%", metrics => metrics.Gmi, isDaily: false),
        Glucose(nameof(GlucoseMetrics.VeryLowPercent), "%", metrics => metrics.VeryLowPercent),
        Glucose(nameof(GlucoseMetrics.LowPercent), "%", metrics => metrics.LowPercent),
        Glucose(nameof(GlucoseMetrics.InRangePercent), "%", metrics => metrics.InRangePercent),
        Glucose(nameof(GlucoseMetrics.HighPercent), "%", metrics => metrics.HighPercent),
        Glucose(nameof(GlucoseMetrics.VeryHighPercent), "%", metrics => metrics.VeryHighPercent),
        Glucose(nameof(GlucoseMetrics.TightRangePercent), "%", metrics => metrics.TightRangePercent),
        Glucose(nameof(GlucoseMetrics.GlycemiaRiskIndex), "", metrics => metrics.GlycemiaRiskIndex),
        Glucose(nameof(GlucoseMetrics.LowBloodGlucoseIndex), "", metrics => metrics.LowBloodGlucoseIndex),
        Glucose(nameof(GlucoseMetrics.HighBloodGlucoseIndex), "", metrics => metrics.HighBloodGlucoseIndex),
        Glucose(nameof(GlucoseMetrics.Mage), "mg/dL", metrics => metrics.Mage),
        Glucose(nameof(GlucoseMetrics.Modd), "mg/dL", metrics => metrics.Modd, isDaily: false),
        Glucose(nameof(GlucoseMetrics.LowEpisodesPerDay), "/d", metrics => metrics.LowEpisodesPerDay),
        Glucose(nameof(GlucoseMetrics.HighEpisodesPerDay), "/d", metrics => metrics.HighEpisodesPerDay),
        Insulin(nameof(InsulinMetrics.TotalUnits), "U/d", metrics => (double?)metrics.TotalUnits),
        Insulin(nameof(InsulinMetrics.BasalUnits), "U/d", metrics => (double?)metrics.BasalUnits),
        Insulin(nameof(InsulinMetrics.BolusUnits), "U/d", metrics => (double?)metrics.BolusUnits),
        Insulin(nameof(InsulinMetrics.AutomaticUnits), "U/d", metrics => (double?)metrics.AutomaticUnits),
        Insulin(nameof(InsulinMetrics.Carbs), "g/d", metrics => metrics.Carbs),
        Insulin(nameof(InsulinMetrics.Meals), "/d", metrics => metrics.Meals),
        Insulin(nameof(InsulinMetrics.AutomationPercent), "%", metrics => metrics.AutomationPercent),
    ];

    private static ComparedMeasure Glucose(
        string name, string unit, Func<GlucoseMetrics, double?> value, bool isDaily = true) =>
        new(name, unit, value, null, isDaily);

    private static ComparedMeasure Insulin(string name, string unit, Func<InsulinMetrics, double?> value) =>
        new(name, unit, null, value, IsDaily: true);
}
