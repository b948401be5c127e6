namespace TandemFetch.Records;

/// <summary>The charge of the pump's battery at one time.</summary>
public sealed record BatteryLevel
{
    /// <summary>The id of the log entry.</summary>
    public long Id { get; init; }

    /// <summary>The pump's serial number; null if the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>When the pump logged it, in the pump's zone; null if true time cannot be known.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The same time by the pump's own wall clock, of unspecified kind.</summary>
    public DateTime PumpTime { get; init; }

    /// <summary>Charge, percent.</summary>
    public int ChargePercent { get; init; }

    /// <summary>Voltage, millivolts; null if the entry has none.</summary>
    public int? Millivolts { get; init; }
}
