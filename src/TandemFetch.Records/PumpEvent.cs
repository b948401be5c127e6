namespace TandemFetch.Records;

/// <summary>A log entry with its name, real units and true time.</summary>
public sealed record PumpEvent
{
    /// <summary>The id of the entry, the same as that of its raw entry.</summary>
    public long Id { get; init; }

    /// <summary>The pump's serial number; null if the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>True time in the pump's zone; null if it cannot be known.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The pump's own wall clock, of unspecified kind.</summary>
    public DateTime PumpTime { get; init; }

    /// <summary>The kind of entry: the event code.</summary>
    public int EventId { get; init; }

    /// <summary>Its name in the pump's log, or <c>UNKNOWN_</c> and the code.</summary>
    public string EventName { get; init; } = "";

    /// <summary>Its properties as JSON: real units, labels instead of codes, null instead of "not recorded".</summary>
    public string EventData { get; init; } = "";

    /// <summary>Log position: the order in which the pump logged, whatever its clock showed.</summary>
    public long LogPosition { get; init; }
}
