using TandemFetch.Engine.Analytics.Glucose;
using TandemFetch.Engine.Analytics.Insulin;
using TandemFetch.Engine.Assistant.Guard;
using TandemFetch.Engine.Assistant.Results;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Tables;
using TandemFetch.Records;

namespace TandemFetch.Engine.Assistant.Tools;

/// <summary>Insulin: averages, days, boluses.</summary>
internal static class InsulinTools
{
    private const string Units = "Insulin in units, carbohydrates in grams, shares in percent, glucose in mg/dL.";

    /// <summary>Averages of a period.</summary>
    public static async Task<ToolResult> SummarizeAsync(ToolCall call)
    {
        using var database = await call.OpenAsync().ConfigureAwait(false);
        var (filter, basis) = call.Period(database, Units);
        var averages = InsulinMeasures.Average(database, filter, CancellationToken.None);
        basis = basis with
        {
            RestsOn = $"{Quantity.Of(averages.CompleteDays, "complete day")} of {averages.Days}: days that begin in "
                + "the period, with at least 18 hours of basal insulin in the log.",
        };
        return new ToolResult(new InsulinSummary(basis, averages), 1);
    }

    /// <summary>The days of a period.</summary>
    public static async Task<ToolResult> ListDaysAsync(ToolCall call)
    {
        using var database = await call.OpenAsync().ConfigureAwait(false);
        var (filter, basis) = call.Period(database, Units);
        var glucose = GlucoseMeasures
            .MeasureBy(database, filter, GlucoseRanges.Standard, GlucoseGrouping.Day, CancellationToken.None)
            .ToDictionary(day => day.Group!);
        var insulin = InsulinMeasures.Days(database, filter, CancellationToken.None).ToDictionary(day => day.Day!);
        var days = glucose.Keys.Union(insulin.Keys).Order(StringComparer.Ordinal)
            .Select(day => Describe(day, glucose.GetValueOrDefault(day), insulin.GetValueOrDefault(day)))
            .ToList();
        var (kept, notes) = call.Shortened(days, "day");
        basis = basis with
        {
            RestsOn = $"{Quantity.Of(glucose.Count, "day")} with readings, {Quantity.Of(insulin.Count, "day")} with "
                + "insulin.",
            Notes = [.. basis.Notes, .. notes, "Insulin is of days that begin in the period."],
        };
        return new ToolResult(new DailySummary(basis, days.Count, kept), kept.Count);
    }

    /// <summary>The newest boluses of a period.</summary>
    public static async Task<ToolResult> ListBolusesAsync(ToolCall call)
    {
        using var database = await call.OpenAsync().ConfigureAwait(false);
        var (filter, basis) = call.Period(database, Units);
        var numbers = VisibleFile.Read(database, call.Scope).Pumps
            .ToDictionary(pump => pump.Pump.PumpSerial, pump => pump.Number);
        var boluses = new RecordReader(database)
            .Read(DomainTables.Of<Bolus>(), filter, CancellationToken.None)
            .Select(bolus => BolusDescription.Of(
                bolus, bolus.PumpSerial is { } serial && numbers.TryGetValue(serial, out var number) ? number : null))
            .ToList();
        var (kept, notes) = call.Shortened(boluses, "bolus", "boluses");
        basis = basis with
        {
            RestsOn = Quantity.Of(boluses.Count, "bolus", "boluses") + " in the period.",
            Notes = [.. basis.Notes, .. notes],
        };
        return new ToolResult(new BolusList(basis, boluses.Count, kept), kept.Count);
    }

    private static DayDescription Describe(string day, GlucoseMetrics? glucose, InsulinMetrics? insulin) => new()
    {
        Day = day,
        Readings = glucose?.Readings ?? 0,
        MeanGlucose = glucose?.Mean,
        CoefficientOfVariation = glucose?.CoefficientOfVariation,
        BelowRangePercent = glucose?.LowPercent + glucose?.VeryLowPercent,
        InRangePercent = glucose?.InRangePercent,
        AboveRangePercent = glucose?.HighPercent + glucose?.VeryHighPercent,
        IsInsulinComplete = insulin?.IsComplete,
        BasalUnits = insulin?.BasalUnits,
        BolusUnits = insulin?.BolusUnits,
        TotalUnits = insulin?.TotalUnits,
        UserBoluses = insulin?.UserBoluses,
        AutomaticBoluses = insulin?.AutomaticBoluses,
        Carbs = insulin?.Carbs,
    };
}
