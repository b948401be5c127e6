namespace TandemFetch.Records;

/// <summary>A stretch of low or high glucose, by the consensus of 2023. Glucose is in mg/dL.</summary>
public sealed record GlucoseEpisode
{
    /// <summary>What it is. An episode of level 1 may contain others, which are listed on their own.</summary>
    public EpisodeKind Kind { get; init; }

    /// <summary>Of level 1: whether no episode of level 2 lies in it. Null for other kinds.</summary>
    public bool? IsLevel1Only { get; init; }

    /// <summary>When it began, in the pump's zone.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>When glucose was back for 15 minutes or the readings broke off: the beginning of that.</summary>
    public DateTimeOffset Ended { get; init; }

    /// <summary>How long it lasted.</summary>
    public string Duration => DurationText.Of(DurationValue);

    /// <inheritdoc cref="Duration"/>
    internal TimeSpan DurationValue { get; init; }

    /// <summary>The lowest value of a low episode, the highest value of a high one, mg/dL.</summary>
    public double Extreme { get; init; }

    /// <summary>When that was, in the pump's zone.</summary>
    public DateTimeOffset ExtremeAt { get; init; }

    /// <summary>Mean glucose, mg/dL.</summary>
    public double Mean { get; init; }

    /// <summary>Whether a gap of more than 45 minutes or the end of the readings cuts it off.</summary>
    public bool IsCutOff { get; init; }

    /// <summary>
    /// Insulin of boluses asked for in the three hours before, units; null where the file has no boluses.
    /// </summary>
    public decimal? BolusBefore { get; init; }

    /// <summary>Insulin of boluses asked for while it lasted, units; null where the file has no boluses.</summary>
    public decimal? BolusDuring { get; init; }

    /// <summary>Insulin of boluses asked for in the hour after, units; null where the file has no boluses.</summary>
    public decimal? BolusAfter { get; init; }

    /// <summary>Carbohydrates entered in the three hours before, grams; null where the file has no boluses.</summary>
    public int? CarbsBefore { get; init; }

    /// <summary>Carbohydrates entered while it lasted, grams; null where the file has no boluses.</summary>
    public int? CarbsDuring { get; init; }

    /// <summary>Carbohydrates entered in the hour after, grams; null where the file has no boluses.</summary>
    public int? CarbsAfter { get; init; }
}
