namespace TandemFetch.Records;

/// <summary>A session of the glucose sensor in which the pump took part.</summary>
public sealed record CgmSession
{
    /// <summary>The id of the log entry that begins it.</summary>
    public long Id { get; init; }

    /// <summary>The pump's serial number; null if the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>When the pump started or joined it, in the pump's zone; null if true time cannot be known.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The same time by the pump's own wall clock, of unspecified kind.</summary>
    public DateTime PumpTime { get; init; }

    /// <summary><c>G6</c>, <c>G7</c>, <c>Libre 2</c> or <c>Libre 3</c>.</summary>
    public string Sensor { get; init; } = "";

    /// <summary><c>Start</c>, or <c>Join</c> if the session was already running.</summary>
    public string BeganWith { get; init; } = "";

    /// <summary>How long the sensor lasts, days; null if the entry does not contain it.</summary>
    public int? PlannedDays { get; init; }

    /// <summary>How often the pump joined the same session again, as after a long gap.</summary>
    public int Rejoined { get; init; }

    /// <summary>When it ended, in the pump's zone; null while it is running.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>
    /// <c>Stop</c>, or <c>NextSession</c> if the next session begins without a stop in the log; null while it is
    /// running.
    /// </summary>
    public string? EndedBy { get; init; }

    /// <summary>Why it stopped: a label for the G6, the pump's number for other sensors.</summary>
    public string? StopReason { get; init; }

    /// <summary>How long the pump took part; null while it is running, or if it cannot be known.</summary>
    public string? Duration => DurationText.Of(DurationValue);

    /// <inheritdoc cref="Duration"/>
    internal TimeSpan? DurationValue { get; init; }
}
