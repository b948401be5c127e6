using System.Globalization;

namespace TandemFetch.Records;

/// <summary>A segment of the day in a profile.</summary>
public sealed record ProfileSegment
{
    /// <summary>When it begins, as the time since the pump's midnight.</summary>
    public string Start => DurationText.Of(StartValue);

    /// <inheritdoc cref="Start"/>
    internal TimeSpan StartValue { get; init; }

    /// <summary>Basal rate, units/h.</summary>
    public decimal? BasalRate { get; init; }

    /// <summary>Correction factor, mg/dL per unit.</summary>
    public int? CorrectionFactor { get; init; }

    /// <summary>Carb ratio, grams per unit.</summary>
    public decimal? CarbRatio { get; init; }

    /// <summary>Target, mg/dL.</summary>
    public int? TargetBg { get; init; }

    /// <summary>Start and settings in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Start} {BasalRate:0.000} U/h, 1 U : {CarbRatio:0.###} g, "
        + $"1 U : {CorrectionFactor} mg/dL, target {TargetBg} mg/dL");
}
