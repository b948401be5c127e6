namespace TandemFetch.Engine.Assistant.Results;

/// <summary>The glucose and the insulin of a day; null where the log has too little.</summary>
internal sealed record DayDescription
{
    public string Day { get; init; } = "";

    public long Readings { get; init; }

    public double? MeanGlucose { get; init; }

    public double? CoefficientOfVariation { get; init; }

    public double? BelowRangePercent { get; init; }

    public double? InRangePercent { get; init; }

    public double? AboveRangePercent { get; init; }

    public bool? IsInsulinComplete { get; init; }

    public decimal? BasalUnits { get; init; }

    public decimal? BolusUnits { get; init; }

    public decimal? TotalUnits { get; init; }

    public double? UserBoluses { get; init; }

    public double? AutomaticBoluses { get; init; }

    public double? Carbs { get; init; }
}
