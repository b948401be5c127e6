namespace TandemFetch.Records;

/// <summary>The totals of a day, which begins at midnight in the pump's zone, true time.</summary>
public sealed record DailyTotal
{
    /// <summary>The day in the pump's zone.</summary>
    public string Day => DayText.Of(DayValue);

    /// <inheritdoc cref="Day"/>
    internal DateOnly DayValue { get; init; }

    /// <summary>The pump's serial number; null if the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>When the day begins, in the pump's zone.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Basal insulin delivered, units: rate × time.</summary>
    public decimal BasalUnits { get; init; }

    /// <summary>
    /// How much of the day the deliveries cover, including suspensions; less than a day if the log has gaps.
    /// </summary>
    public string BasalTime => DurationText.Of(BasalTimeValue);

    /// <inheritdoc cref="BasalTime"/>
    internal TimeSpan BasalTimeValue { get; init; }

    /// <summary>Insulin delivered by boluses requested on that day, units.</summary>
    public decimal BolusUnits { get; init; }

    /// <summary>Number of boluses requested on that day that delivered something.</summary>
    public int Boluses { get; init; }

    /// <summary>Carbohydrates entered, grams.</summary>
    public int Carbs { get; init; }

    /// <summary>Number of sensor readings measured on that day.</summary>
    public int CgmReadings { get; init; }
}
