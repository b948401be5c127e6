namespace TandemFetch.Records;

/// <summary>A measure in two periods, and whether its change is more than the days differ anyway.</summary>
public sealed record MeasureDifference
{
    /// <summary>The measure: a property of <see cref="GlucoseMetrics"/> or <see cref="InsulinMetrics"/>.</summary>
    public string Measure { get; init; } = "";

    /// <summary>Its unit, such as <c>mg/dL</c>, <c>%</c> or <c>U</c>; empty where it has none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The measure of the reference period; null where it has too little data.</summary>
    public double? Reference { get; init; }

    /// <summary>The measure of the period; null where it has too little data.</summary>
    public double? Value { get; init; }

    /// <summary>Value less reference.</summary>
    public double? Difference { get; init; }

    /// <summary>Mean of the differences between the paired days.</summary>
    public double? MeanDailyDifference { get; init; }

    /// <summary>The lower end of the 95 % interval of that mean, by bootstrap over the pairs of days.</summary>
    public double? IntervalLow { get; init; }

    /// <summary>The upper end of that interval.</summary>
    public double? IntervalHigh { get; init; }

    /// <summary>Whether the interval leaves out 0; null where there is no interval.</summary>
    public bool? IsClear { get; init; }

    /// <summary>Pairs of days that the interval rests on.</summary>
    public int Pairs { get; init; }

    /// <summary>The seed of the bootstrap: the same seed gives the same interval.</summary>
    public int Seed { get; init; }

    /// <summary>When the reference period begins, in the pump's zone.</summary>
    public DateTimeOffset ReferenceSince { get; init; }

    /// <summary>When the reference period ends.</summary>
    public DateTimeOffset ReferenceUntil { get; init; }

    /// <summary>When the period begins.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When the period ends.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>Why something is empty; null where nothing is.</summary>
    public string? Reason { get; init; }
}
