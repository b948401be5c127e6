namespace TandemFetch.Records;

/// <summary>A period of sleep, exercise or eating soon.</summary>
public sealed record UserMode
{
    /// <summary>The id of the log entry that begins it.</summary>
    public long Id { get; init; }

    /// <summary>The pump's serial number; null if the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>When it began, in the pump's zone; null if true time cannot be known.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The same time by the pump's own wall clock, of unspecified kind.</summary>
    public DateTime PumpTime { get; init; }

    /// <summary><c>Sleeping</c>, <c>Exercising</c>, <c>Eating Soon</c>, or an unknown code.</summary>
    public string Mode { get; init; } = "";

    /// <summary><c>User</c> or <c>Schedule</c>.</summary>
    public string StartedBy { get; init; } = "";

    /// <summary>The requested duration of exercise; null if none was set.</summary>
    public string? PlannedDuration => DurationText.Of(PlannedDurationValue);

    /// <inheritdoc cref="PlannedDuration"/>
    internal TimeSpan? PlannedDurationValue { get; init; }

    /// <summary>When it ended, in the pump's zone; null while it is running.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>How long it lasted; null while it is running, or if it cannot be known.</summary>
    public string? Duration => DurationText.Of(DurationValue);

    /// <inheritdoc cref="Duration"/>
    internal TimeSpan? DurationValue { get; init; }
}
