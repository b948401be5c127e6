namespace TandemFetch.Records;

/// <summary>What a day adds up to; it begins at midnight of the pump's zone, true time.</summary>
public sealed record DailyTotal
{
    /// <summary>The day in the pump's zone.</summary>
    public DateOnly Day { get; init; }

    /// <summary>The pump's serial number; null when the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>When the day begins, in the pump's zone.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Basal insulin delivered, units: rate × time.</summary>
    public decimal BasalUnits { get; init; }

    /// <summary>How much of the day the deliveries cover, suspensions included; less than a day where the log has gaps.</summary>
    public TimeSpan BasalTime { get; init; }

    /// <summary>Insulin delivered by boluses asked for on that day, units.</summary>
    public decimal BolusUnits { get; init; }

    /// <summary>Boluses asked for on that day of which something was delivered.</summary>
    public int Boluses { get; init; }

    /// <summary>Carbohydrates entered, grams.</summary>
    public int Carbs { get; init; }

    /// <summary>Readings of the glucose sensor measured on that day.</summary>
    public int CgmReadings { get; init; }
}
