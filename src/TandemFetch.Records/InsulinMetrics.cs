namespace TandemFetch.Records;

/// <summary>
/// The insulin of a day, or the averages of a period by day. Averages are of complete days only: those with at least 18
/// hours of basal insulin in the log.
/// </summary>
public sealed record InsulinMetrics
{
    /// <summary>The day in the pump's zone; null for averages.</summary>
    public string? Day => DayText.Of(DayValue);

    /// <inheritdoc cref="Day"/>
    internal DateOnly? DayValue { get; init; }

    /// <summary>Whether the day is complete; null for averages.</summary>
    public bool? IsComplete { get; init; }

    /// <summary>The first day.</summary>
    public string? FirstDay => DayText.Of(FirstDayValue);

    /// <inheritdoc cref="FirstDay"/>
    internal DateOnly? FirstDayValue { get; init; }

    /// <summary>The last day.</summary>
    public string? LastDay => DayText.Of(LastDayValue);

    /// <inheritdoc cref="LastDay"/>
    internal DateOnly? LastDayValue { get; init; }

    /// <summary>Days with insulin in the log.</summary>
    public int Days { get; init; }

    /// <summary>Complete days, which averages are of.</summary>
    public int CompleteDays { get; init; }

    /// <summary>Basal insulin, units a day.</summary>
    public decimal? BasalUnits { get; init; }

    /// <summary>Insulin of boluses, units a day.</summary>
    public decimal? BolusUnits { get; init; }

    /// <summary>All insulin, units a day.</summary>
    public decimal? TotalUnits { get; init; }

    /// <summary>Basal insulin as a share of all, percent.</summary>
    public double? BasalPercent { get; init; }

    /// <summary>
    /// Boluses of which something was delivered, without those that the pump decided on itself, a day.
    /// </summary>
    public double? UserBoluses { get; init; }

    /// <summary>Boluses that the pump decided on itself (automatic corrections), a day.</summary>
    public double? AutomaticBoluses { get; init; }

    /// <summary>Insulin of those, units a day.</summary>
    public decimal? AutomaticUnits { get; init; }

    /// <summary>Boluses of the user that contain a correction, a day.</summary>
    public double? CorrectionBoluses { get; init; }

    /// <summary>Extended boluses, a day.</summary>
    public double? ExtendedBoluses { get; init; }

    /// <summary>Boluses whose size the user changed, a day.</summary>
    public double? OverriddenBoluses { get; init; }

    /// <summary>Boluses that did not come to their end, a day.</summary>
    public double? InterruptedBoluses { get; init; }

    /// <summary>The boluses by kind and source.</summary>
    public IReadOnlyList<BolusShare> Boluses
    {
        get;
        init => field = new RecordList<BolusShare>(value);
    } = RecordList<BolusShare>.Empty;

    /// <summary>Boluses with carbohydrates, a day.</summary>
    public double? Meals { get; init; }

    /// <summary>Carbohydrates entered, grams a day.</summary>
    public double? Carbs { get; init; }

    /// <summary>How much of the basal time the algorithm commanded, percent.</summary>
    public double? AutomationPercent { get; init; }

    /// <summary>Sleep mode, a day.</summary>
    public string? SleepTime => DurationText.Of(SleepTimeValue);

    /// <inheritdoc cref="SleepTime"/>
    internal TimeSpan? SleepTimeValue { get; init; }

    /// <summary>Exercise mode, a day.</summary>
    public string? ExerciseTime => DurationText.Of(ExerciseTimeValue);

    /// <inheritdoc cref="ExerciseTime"/>
    internal TimeSpan? ExerciseTimeValue { get; init; }

    /// <summary>Insulin suspended, a day.</summary>
    public string? SuspendedTime => DurationText.Of(SuspendedTimeValue);

    /// <inheritdoc cref="SuspendedTime"/>
    internal TimeSpan? SuspendedTimeValue { get; init; }

    /// <summary>Basal insulin in the log, a day.</summary>
    public string? BasalTime => DurationText.Of(BasalTimeValue);

    /// <inheritdoc cref="BasalTime"/>
    internal TimeSpan? BasalTimeValue { get; init; }

    /// <summary>Mean time between days on which the cannula was filled, days; of averages only.</summary>
    public double? CannulaDays { get; init; }

    /// <summary>Mean time between days on which the cartridge was filled, days; of averages only.</summary>
    public double? CartridgeDays { get; init; }

    /// <summary>Mean time between days on which the tubing was filled, days; of averages only.</summary>
    public double? TubingDays { get; init; }

    /// <summary>The numbers that are null, each with the reason.</summary>
    public IReadOnlyList<MissingMeasure> Missing
    {
        get;
        init => field = new RecordList<MissingMeasure>(value);
    } = RecordList<MissingMeasure>.Empty;
}
