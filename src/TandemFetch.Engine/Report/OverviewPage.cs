using System.Xml.Linq;
using TandemFetch.Records;

namespace TandemFetch.Engine.Report;

/// <summary>The first page: time in ranges, metrics, the curve over the day and the newest days.</summary>
/// <param name="content">The report.</param>
/// <param name="text">Its numbers.</param>
internal sealed class OverviewPage(ReportContent content, ReportText text)
{
    private const int ShownDays = 14;

    private static readonly string[] Measures =
    [
        nameof(GlucoseMetrics.Mean), nameof(GlucoseMetrics.Gmi), nameof(GlucoseMetrics.CoefficientOfVariation),
        nameof(GlucoseMetrics.StandardDeviation), nameof(GlucoseMetrics.SensorActivePercent),
        nameof(GlucoseMetrics.GlycemiaRiskIndex), nameof(GlucoseMetrics.InRangePercent),
    ];

    private GlucoseMetrics Glucose => content.Glucose;

    /// <summary>The page.</summary>
    public IEnumerable<XElement> Build() => Glucose.Readings == 0
        ? [Markup.Styled("p", "nothing", "There are no glucose readings in this period.")]
        :
        [
            Markup.Styled("div", "pair", TimeInRanges(), Metrics()),
            new ProfileSection(content, text).Build(),
            NewestDays(),
        ];

    private XElement TimeInRanges()
    {
        var ranges = RangeShare.Of(Glucose, text);
        return Markup.Element(
            "section",
            Markup.Element("h2", "Time in ranges"),
            Markup.Styled(
                "div",
                "ranges",
                Bar(ranges),
                Markup.Table(
                    $"Share of the time by range ({content.Ranges.Name})",
                    [$"Range, {text.Unit}", "Share", "Time a day", "Goal"],
                    ranges.Select(range => Markup.Row(
                        range.Name,
                        [
                            $"{text.Number(range.Percent, "0.0")} %",
                            text.Length(TimeSpan.FromDays((range.Percent ?? 0) / 100)),
                            range.Goal,
                        ])))),
            Markup.Element("p", "One percent of the day is about a quarter of an hour."));
    }

    private static XElement Bar(IReadOnlyList<RangeShare> ranges)
    {
        const int Height = 200;
        var top = 0.0;
        var parts = new List<XElement>();
        foreach (var range in ranges)
        {
            var height = Height * (range.Percent ?? 0) / 100;
            parts.Add(Markup.Rectangle(range.Class, 0, top, 60, height));
            top += height;
        }

        return Markup.Picture(
            "bar",
            (60, Height),
            "Bar of the time in ranges",
            "The table beside it has the numbers.",
            Markup.Attribute("preserveAspectRatio", "none"),
            parts);
    }

    private XElement Metrics() => Markup.Element(
        "section",
        Markup.Element("h2", "Glucose metrics"),
        Markup.Table(
            "Metrics of the period",
            ["Metric", "Value", "Goal"],
            [
                Markup.Row(
                    "Mean glucose",
                    [text.GlucoseWithUnit(Glucose.Mean), Goal($"< {text.GlucoseWithUnit(154)}")]),
                Markup.Row("Glucose management indicator", [text.Amount(Glucose.Gmi, "0.0", "%"), Goal("< 7 %")]),
                Markup.Row(
                    "Variability (CV)", [text.Amount(Glucose.CoefficientOfVariation, "0.0", "%"), Goal("≤ 36 %")]),
                Markup.Row("Standard deviation", [text.GlucoseWithUnit(Glucose.StandardDeviation), ""]),
                Markup.Row("Glycemia risk index", [RiskIndex(), ""]),
                Markup.Row("Lows a day (level 1)", [text.Number(Glucose.LowEpisodesPerDay, "0.0"), ""]),
                Markup.Row("Highs a day (level 1)", [text.Number(Glucose.HighEpisodesPerDay, "0.0"), ""]),
                Markup.Row("Sensor active", [text.Amount(Glucose.SensorActivePercent, "0.0", "%"), "≥ 70 %"]),
                Markup.Row(
                    "Readings",
                    [$"{Glucose.Readings.ToString("N0", content.Culture)} on {text.Days(Glucose.Days)}", ""]),
            ]),
        Glucose.Missing.Where(missing => Measures.Contains(missing.Measure))
            .GroupBy(missing => missing.Reason)
            .Select(missing => Markup.Styled(
                "p", "reason", $"{string.Join(", ", missing.Select(NameOf))}: {missing.Key}")));

    // The consensus has no common goals of these metrics for pregnancy.
    private string Goal(string goal) =>
        content.Ranges.Name == nameof(GlucosePreset.Pregnancy) ? "personal" : goal;

    private static string NameOf(MissingMeasure missing) => missing.Measure switch
    {
        nameof(GlucoseMetrics.Gmi) => "Glucose management indicator",
        nameof(GlucoseMetrics.CoefficientOfVariation) => "Variability",
        nameof(GlucoseMetrics.StandardDeviation) => "Standard deviation",
        nameof(GlucoseMetrics.SensorActivePercent) => "Sensor active",
        nameof(GlucoseMetrics.GlycemiaRiskIndex) => "Glycemia risk index",
        nameof(GlucoseMetrics.InRangePercent) => "Time in ranges",
        _ => "Mean glucose",
    };

    private string RiskIndex() => Glucose.GlycemiaRiskIndex is null
        ? ReportText.Nothing
        : $"{text.Number(Glucose.GlycemiaRiskIndex, "0")}, zone {Glucose.GlycemiaRiskZone}";

    private XElement NewestDays() => Markup.Element(
        "section",
        Markup.Element("h2", "Newest days"),
        Markup.Styled(
            "div",
            "days",
            content.Days.Where(day => day.Readings.Count > 0).TakeLast(ShownDays).Select(Tile)));

    private XElement Tile(ReportDay day)
    {
        var plot = new GlucosePlot(0, 0, 112, 64);
        var share = text.Amount(day.Glucose?.InRangePercent, "0", "%");
        return Markup.Element(
            "figure",
            Markup.Element(
                "figcaption",
                Markup.Element("b", ReportText.Weekday(day.Day)[..3]),
                " ",
                text.Date(day.Day)),
            Markup.Picture(
                "tile",
                (112, 64),
                $"Glucose on {text.LongDate(day.Day)}",
                $"In the target range {share} of the time.",
                plot.Background(content.Ranges),
                plot.Curve(day)));
    }
}
