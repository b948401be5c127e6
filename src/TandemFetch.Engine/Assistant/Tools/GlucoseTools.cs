using TandemFetch.Engine.Analytics.Episodes;
using TandemFetch.Engine.Analytics.Glucose;
using TandemFetch.Engine.Assistant.Results;
using TandemFetch.Records;

namespace TandemFetch.Engine.Assistant.Tools;

/// <summary>Glucose: its measures, its episodes, its profile.</summary>
internal static class GlucoseTools
{
    // The insulin around an episode is looked up as long before it.
    private static readonly TimeSpan BeforeEpisode = TimeSpan.FromHours(3.0);

    /// <summary>Measures a period.</summary>
    public static async Task<ToolResult> SummarizeAsync(ToolCall call, ToolArgument by)
    {
        var unit = UnitOf(call);
        var grouping = call.Arguments.Choice(by) switch
        {
            "week" => GlucoseGrouping.Week,
            "month" => GlucoseGrouping.Month,
            "weekday" => GlucoseGrouping.Weekday,
            "hour" => GlucoseGrouping.Hour,
            "day_part" => GlucoseGrouping.DayPart,
            _ => (GlucoseGrouping?)null,
        };
        using var database = await call.OpenAsync().ConfigureAwait(false);
        var (filter, basis) = call.Period(database, UnitsOf(unit));
        var whole = GlucoseMeasures
            .Measure(database, filter, GlucoseRanges.Standard, CancellationToken.None).In(unit);
        var groups = grouping is { } of
            ? GlucoseMeasures.MeasureBy(database, filter, GlucoseRanges.Standard, of, CancellationToken.None)
                .Select(metrics => metrics.In(unit)).ToList()
            : [];
        var (kept, notes) = call.Shortened(groups, "group");
        basis = basis with
        {
            RestsOn = RestsOn(whole),
            Notes = [.. basis.Notes, .. notes, "The limits of the ranges are in mg/dL."],
        };
        return new ToolResult(new GlucoseSummary(basis, whole, kept), kept.Count + 1);
    }

    /// <summary>Finds episodes.</summary>
    public static async Task<ToolResult> FindEpisodesAsync(ToolCall call)
    {
        using var database = await call.OpenAsync().ConfigureAwait(false);
        var (filter, basis) = call.Period(database, UnitsOf(GlucoseUnit.MgDl));
        var metrics = GlucoseMeasures.Measure(database, filter, GlucoseRanges.Standard, CancellationToken.None);
        var all = GlucoseEpisodes.Find(database, filter, CancellationToken.None);
        var bound = call.Scope.Since + BeforeEpisode;
        var visible = all.Where(episode => bound is null || episode.Started >= bound).ToList();
        var (kept, notes) = call.Shortened(visible, "episode");
        basis = basis with
        {
            RestsOn = RestsOn(metrics),
            Notes =
            [
                .. basis.Notes,
                .. notes,
                .. visible.Count < all.Count
                    ? (string[])["Episodes of the first three hours that are shared are left out."]
                    : [],
            ],
        };
        return new ToolResult(new EpisodeList(basis, visible.Count, kept), kept.Count);
    }

    /// <summary>Reads the profile.</summary>
    public static async Task<ToolResult> ReadProfileAsync(ToolCall call)
    {
        var unit = UnitOf(call);
        using var database = await call.OpenAsync().ConfigureAwait(false);
        var (filter, basis) = call.Period(database, UnitsOf(unit));
        var hours = GlucoseProfiles.Read(database, filter, CancellationToken.None)
            .Select(hour => hour.In(unit)).ToList();
        basis = basis with { RestsOn = Quantity.Of(hours.Sum(hour => hour.Readings), "reading") + "." };
        return new ToolResult(new ProfileHours(basis, hours), hours.Count);
    }

    /// <summary>What the measures of a period rest on.</summary>
    public static string RestsOn(GlucoseMetrics metrics) => metrics.Readings == 0
        ? "No readings."
        : $"{Quantity.Of(metrics.Readings, "reading")} on {Quantity.Of(metrics.Days, "day")}; sensor active "
            + FormattableString.Invariant($"{metrics.SensorActivePercent:0.#} % of the time between the first and ")
            + "the last.";

    private static GlucoseUnit UnitOf(ToolCall call) =>
        call.Arguments.Choice(ToolArgument.Unit) == "mmol/L" ? GlucoseUnit.MmolL : GlucoseUnit.MgDl;

    private static string UnitsOf(GlucoseUnit unit) =>
        $"Glucose in {(unit == GlucoseUnit.MmolL ? "mmol/L" : "mg/dL")}, shares in percent, insulin in units, "
        + "carbohydrates in grams.";
}
