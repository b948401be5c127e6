namespace TandemFetch.Records;

/// <summary>
/// What the glucose of a period, or of one group of it, amounts to. Readings count by the time that they stand for.
/// A number that the readings do not suffice for is null, and <see cref="Missing"/> says why.
/// </summary>
public sealed record GlucoseMetrics
{
    /// <summary>What the period was split by; null for the whole period.</summary>
    public GlucoseGrouping? By { get; init; }

    /// <summary>The group, such as <c>2026-04-01</c>, <c>2026-W14</c>, <c>Monday</c>, <c>07</c>, <c>Night</c> or
    /// <c>G7</c>; null for the whole period.</summary>
    public string? Group { get; init; }

    /// <summary>From when on was asked for; null for no limit.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Until when was asked for; null for no limit.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The first reading, in the pump's zone.</summary>
    public DateTimeOffset? FirstReading { get; init; }

    /// <summary>The last reading, in the pump's zone.</summary>
    public DateTimeOffset? LastReading { get; init; }

    /// <summary>Readings; those of one moment count once.</summary>
    public long Readings { get; init; }

    /// <summary>The time that the readings stand for: 1, 5 or 15 minutes each, as the sensor measures.</summary>
    public string CoveredTime => DurationText.Of(CoveredTimeValue);

    /// <inheritdoc cref="CoveredTime"/>
    internal TimeSpan CoveredTimeValue { get; init; }

    /// <summary>Days of the pump's zone with readings.</summary>
    public int Days { get; init; }

    /// <summary>Covered time as a share of the time between the first and the last reading, percent.</summary>
    public double? SensorActivePercent { get; init; }

    /// <summary>The unit of all glucose values here but for <see cref="Range"/>, which is in mg/dL.</summary>
    public GlucoseUnit Unit { get; init; }

    /// <summary>The ranges that the times are of.</summary>
    public GlucoseRanges Range { get; init; } = GlucoseRanges.Standard;

    /// <summary>Mean glucose.</summary>
    public double? Mean { get; init; }

    /// <summary>Median glucose.</summary>
    public double? Median { get; init; }

    /// <summary>A quarter of the time glucose was below this.</summary>
    public double? LowerQuartile { get; init; }

    /// <summary>A quarter of the time glucose was above this.</summary>
    public double? UpperQuartile { get; init; }

    /// <summary>Upper less lower quartile.</summary>
    public double? InterquartileRange { get; init; }

    /// <summary>Standard deviation, with n − 1.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>Coefficient of variation: 100 · SD / mean, percent. Up to 36 counts as stable.</summary>
    public double? CoefficientOfVariation { get; init; }

    /// <summary>Glucose management indicator, percent.</summary>
    public double? Gmi { get; init; }

    /// <summary>
    /// Estimated A1c by the ADAG formula, percent. The consensus has replaced it by <see cref="Gmi"/>.
    /// </summary>
    public double? EstimatedA1c { get; init; }

    /// <summary>Below the very low border, percent of the time.</summary>
    public double? VeryLowPercent { get; init; }

    /// <summary>Low, but not very low, percent of the time.</summary>
    public double? LowPercent { get; init; }

    /// <summary>In the target range, both ends included, percent of the time.</summary>
    public double? InRangePercent { get; init; }

    /// <summary>High, but not very high, percent of the time.</summary>
    public double? HighPercent { get; init; }

    /// <summary>Above the very high border, percent of the time.</summary>
    public double? VeryHighPercent { get; init; }

    /// <summary>In the tight range of 70 to 140 mg/dL, percent of the time.</summary>
    public double? TightRangePercent { get; init; }

    /// <summary>Covered time that was very low.</summary>
    public string? VeryLowTime => DurationText.Of(VeryLowTimeValue);

    /// <inheritdoc cref="VeryLowTime"/>
    internal TimeSpan? VeryLowTimeValue { get; init; }

    /// <summary>Covered time that was low, but not very low.</summary>
    public string? LowTime => DurationText.Of(LowTimeValue);

    /// <inheritdoc cref="LowTime"/>
    internal TimeSpan? LowTimeValue { get; init; }

    /// <summary>Covered time in the target range.</summary>
    public string? InRangeTime => DurationText.Of(InRangeTimeValue);

    /// <inheritdoc cref="InRangeTime"/>
    internal TimeSpan? InRangeTimeValue { get; init; }

    /// <summary>Covered time that was high, but not very high.</summary>
    public string? HighTime => DurationText.Of(HighTimeValue);

    /// <inheritdoc cref="HighTime"/>
    internal TimeSpan? HighTimeValue { get; init; }

    /// <summary>Covered time that was very high.</summary>
    public string? VeryHighTime => DurationText.Of(VeryHighTimeValue);

    /// <inheritdoc cref="VeryHighTime"/>
    internal TimeSpan? VeryHighTimeValue { get; init; }

    /// <summary>Covered time in the tight range.</summary>
    public string? TightRangeTime => DurationText.Of(TightRangeTimeValue);

    /// <inheritdoc cref="TightRangeTime"/>
    internal TimeSpan? TightRangeTimeValue { get; init; }

    /// <summary>Glycemia Risk Index, 0 to 100.</summary>
    public double? GlycemiaRiskIndex { get; init; }

    /// <summary>Its zone: A up to 20, B up to 40, C up to 60, D up to 80, E above.</summary>
    public string? GlycemiaRiskZone { get; init; }

    /// <summary>Low blood glucose index, no unit.</summary>
    public double? LowBloodGlucoseIndex { get; init; }

    /// <summary>High blood glucose index, no unit.</summary>
    public double? HighBloodGlucoseIndex { get; init; }

    /// <summary>Average daily risk range, no unit.</summary>
    public double? AverageDailyRiskRange { get; init; }

    /// <summary>J-index: 0.001 · (mean + SD)², always of mg/dL.</summary>
    public double? JIndex { get; init; }

    /// <summary>Mean of daily differences: the mean size of the difference to the value 24 hours before.</summary>
    public double? Modd { get; init; }

    /// <summary>CONGA-1: standard deviation of the difference to the value an hour before.</summary>
    public double? Conga1 { get; init; }

    /// <summary>CONGA-2: of the difference to the value two hours before.</summary>
    public double? Conga2 { get; init; }

    /// <summary>CONGA-4: of the difference to the value four hours before.</summary>
    public double? Conga4 { get; init; }

    /// <summary>CONGA-24: of the difference to the value 24 hours before.</summary>
    public double? Conga24 { get; init; }

    /// <summary>Mean absolute glucose change, by the hour.</summary>
    public double? Mag { get; init; }

    /// <summary>
    /// Mean amplitude of glycemic excursions by moving averages (Fernandes 2022): of rises and falls together.
    /// </summary>
    public double? Mage { get; init; }

    /// <summary>The same of rises alone.</summary>
    public double? MagePlus { get; init; }

    /// <summary>The same of falls alone.</summary>
    public double? MageMinus { get; init; }

    /// <summary>The same of rises or falls alone, whichever came first.</summary>
    public double? MageFirst { get; init; }

    /// <summary>The same of rises or falls alone, whichever are greater.</summary>
    public double? MageMax { get; init; }

    /// <summary>SDw: standard deviation within a day, mean of the days.</summary>
    public double? SdWithinDays { get; init; }

    /// <summary>SDhh:mm: standard deviation of the means by time of the day.</summary>
    public double? SdOfTimes { get; init; }

    /// <summary>SDdm: standard deviation of the means of the days.</summary>
    public double? SdOfDailyMeans { get; init; }

    /// <summary>SDb: standard deviation between days at one time of the day, mean of the times.</summary>
    public double? SdBetweenDays { get; init; }

    /// <summary>Recorded time, gaps of up to 45 minutes bridged, which the episodes a day are counted on.</summary>
    public string RecordedTime => DurationText.Of(RecordedTimeValue);

    /// <inheritdoc cref="RecordedTime"/>
    internal TimeSpan RecordedTimeValue { get; init; }

    /// <summary>Hypoglycemia level 1 (below 70 mg/dL for 15 minutes), events a day.</summary>
    public double? LowEpisodesPerDay { get; init; }

    /// <summary>Hypoglycemia level 2 (below 54 mg/dL for 15 minutes), events a day.</summary>
    public double? VeryLowEpisodesPerDay { get; init; }

    /// <summary>Hyperglycemia level 1 (above 180 mg/dL for 15 minutes), events a day.</summary>
    public double? HighEpisodesPerDay { get; init; }

    /// <summary>Hyperglycemia level 2 (above 250 mg/dL for 15 minutes), events a day.</summary>
    public double? VeryHighEpisodesPerDay { get; init; }

    /// <summary>The numbers that are null, each with the reason.</summary>
    public IReadOnlyList<MissingMeasure> Missing
    {
        get;
        init => field = new RecordList<MissingMeasure>(value);
    } = RecordList<MissingMeasure>.Empty;
}
