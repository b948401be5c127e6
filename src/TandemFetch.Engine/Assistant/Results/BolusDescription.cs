using TandemFetch.Records;

namespace TandemFetch.Engine.Assistant.Results;

/// <summary>A bolus, with the number of its pump.</summary>
internal sealed record BolusDescription
{
    public int? Pump { get; init; }

    public DateTimeOffset? Time { get; init; }

    public string? Kind { get; init; }

    public string? Source { get; init; }

    public string? Status { get; init; }

    public decimal? RequestedUnits { get; init; }

    public decimal? DeliveredUnits { get; init; }

    public decimal? FoodUnits { get; init; }

    public decimal? CorrectionUnits { get; init; }

    public string? ExtendedDuration { get; init; }

    public int? CarbsGrams { get; init; }

    public int? GlucoseEntered { get; init; }

    public decimal? InsulinOnBoardUnits { get; init; }

    public bool? Overridden { get; init; }

    public static BolusDescription Of(Bolus bolus, int? pump) => new()
    {
        Pump = pump,
        Time = bolus.Timestamp,
        Kind = bolus.Kind,
        Source = bolus.Source,
        Status = bolus.Status,
        RequestedUnits = bolus.Requested,
        DeliveredUnits = bolus.Delivered,
        FoodUnits = bolus.RequestedFood,
        CorrectionUnits = bolus.RequestedCorrection,
        ExtendedDuration = bolus.ExtendedDuration,
        CarbsGrams = bolus.Carbs,
        GlucoseEntered = bolus.Bg,
        InsulinOnBoardUnits = bolus.Iob,
        Overridden = bolus.Overridden,
    };
}
