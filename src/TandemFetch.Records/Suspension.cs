namespace TandemFetch.Records;

/// <summary>A period in which all insulin was suspended.</summary>
public sealed record Suspension
{
    /// <summary>The id of the log entry that begins it.</summary>
    public long Id { get; init; }

    /// <summary>The pump's serial number; null if the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>When it began, in the pump's zone; null if true time cannot be known.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The same time by the pump's own wall clock, of unspecified kind.</summary>
    public DateTime PumpTime { get; init; }

    /// <summary>
    /// <c>User Aborted</c>, <c>Terminated by Alarm</c>, <c>Terminated by Malfunction</c>, <c>Auto Suspend by PLGS</c>
    /// (a low was predicted), or an unknown code.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>Insulin left in the cartridge at the start, units.</summary>
    public int? InsulinRemaining { get; init; }

    /// <summary>When insulin was resumed, in the pump's zone; null while it is suspended.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>How long it lasted; null while it is running, or if it cannot be known.</summary>
    public string? Duration => DurationText.Of(DurationValue);

    /// <inheritdoc cref="Duration"/>
    internal TimeSpan? DurationValue { get; init; }
}
