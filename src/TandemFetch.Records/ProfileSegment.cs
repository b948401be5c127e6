namespace TandemFetch.Records;

/// <summary>A segment of the day in a profile.</summary>
public sealed record ProfileSegment
{
    /// <summary>When it begins, as the time since the pump's midnight.</summary>
    public TimeSpan Start { get; init; }

    /// <summary>Basal rate, units/h.</summary>
    public decimal? BasalRate { get; init; }

    /// <summary>Correction factor, mg/dL per unit.</summary>
    public int? CorrectionFactor { get; init; }

    /// <summary>Carb ratio, grams per unit.</summary>
    public decimal? CarbRatio { get; init; }

    /// <summary>Target, mg/dL.</summary>
    public int? TargetBg { get; init; }
}
