namespace TandemFetch.Records;

/// <summary>One activation of an alert, alarm, malfunction or sensor alert.</summary>
public sealed record Alert
{
    /// <summary>The id of the log entry that activates it.</summary>
    public long Id { get; init; }

    /// <summary>The pump's serial number; null if the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>When it was activated, in the pump's zone; null if true time cannot be known.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The same time by the pump's own wall clock, of unspecified kind.</summary>
    public DateTime PumpTime { get; init; }

    /// <summary><c>Alert</c>, <c>Alarm</c>, <c>Malfunction</c> or <c>CgmAlert</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Its name in the pump's log, or its number if it has no name.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// For sensor alerts: <c>G6</c>, <c>G7</c>, <c>Libre 2</c>, or an unknown type; null if the entry does not contain
    /// it.
    /// </summary>
    public string? Sensor { get; init; }

    /// <summary>Whether it is only a reminder that the pump is still suspended.</summary>
    public bool Reminder { get; init; }

    /// <summary>When it was acknowledged, in the pump's zone.</summary>
    public DateTimeOffset? Acknowledged { get; init; }

    /// <summary><c>User</c> or <c>Software</c>, or an unknown code.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>When it was cleared, in the pump's zone; null while it is active.</summary>
    public DateTimeOffset? Cleared { get; init; }

    /// <summary>Time from activation to clearing; null while it is active, or if it cannot be known.</summary>
    public string? Duration => DurationText.Of(DurationValue);

    /// <inheritdoc cref="Duration"/>
    internal TimeSpan? DurationValue { get; init; }
}
