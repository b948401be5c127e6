namespace TandemFetch.Records;

/// <summary>A bolus with carbohydrates, and the glucose around it, mg/dL.</summary>
public sealed record Meal
{
    /// <summary>The id of the bolus's first log entry, as in <c>Bolus.Id</c>.</summary>
    public long Id { get; init; }

    /// <summary>The pump's serial number; null when the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>When the bolus was asked for, in the pump's zone.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Carbohydrates entered, grams.</summary>
    public int Carbs { get; init; }

    /// <summary>Insulin delivered, units; null where the log lacks it.</summary>
    public decimal? Delivered { get; init; }

    /// <summary>Insulin on board at the request, units; null where the log lacks it.</summary>
    public decimal? Iob { get; init; }

    /// <summary>The last reading of the 15 minutes before.</summary>
    public int? GlucoseBefore { get; init; }

    /// <summary>The highest reading of the four hours after.</summary>
    public int? Peak { get; init; }

    /// <summary>How long after the bolus that was.</summary>
    public string? TimeToPeak => DurationText.Of(TimeToPeakValue);

    /// <inheritdoc cref="TimeToPeak"/>
    internal TimeSpan? TimeToPeakValue { get; init; }

    /// <summary>Peak less glucose before.</summary>
    public int? Rise { get; init; }

    /// <summary>The reading nearest to one hour after, within 10 minutes.</summary>
    public int? GlucoseAfter1Hour { get; init; }

    /// <summary>The reading nearest to two hours after, within 10 minutes.</summary>
    public int? GlucoseAfter2Hours { get; init; }

    /// <summary>The reading nearest to three hours after, within 10 minutes.</summary>
    public int? GlucoseAfter3Hours { get; init; }

    /// <summary>The reading nearest to four hours after, within 10 minutes.</summary>
    public int? GlucoseAfter4Hours { get; init; }

    /// <summary>Whether a further bolus in the four hours after was automatic or contained a correction.</summary>
    public bool Corrected { get; init; }

    /// <summary>Whether a reading of the four hours after is below 70 mg/dL.</summary>
    public bool? Low { get; init; }

    /// <summary>How long after the bolus the next one with carbohydrates followed, if within four hours.</summary>
    public string? NextMeal => DurationText.Of(NextMealValue);

    /// <inheritdoc cref="NextMeal"/>
    internal TimeSpan? NextMealValue { get; init; }

    /// <summary>The values that are null for want of readings, each with the reason.</summary>
    public IReadOnlyList<MissingMeasure> Missing
    {
        get;
        init => field = new RecordList<MissingMeasure>(value);
    } = RecordList<MissingMeasure>.Empty;
}
