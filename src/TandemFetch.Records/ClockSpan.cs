namespace TandemFetch.Records;

/// <summary>A stretch of a pump's log between two settings or silent jumps of its clock.</summary>
public sealed record ClockSpan
{
    /// <summary>The pump's serial number; null when the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>True time of the setting that begins it, in the pump's zone; null for the first span, and where true time cannot be known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The clock right after that setting, of unspecified kind; null for the first span.</summary>
    public DateTime? PumpTime { get; init; }

    /// <summary>
    /// What the clock was ahead of UTC by a zone: the nearest offset that one could have; null where true time cannot
    /// be known.
    /// </summary>
    public TimeSpan? UtcOffset { get; init; }

    /// <summary>What it was ahead besides, by drift, by being set roughly or to a wrong date.</summary>
    public TimeSpan? Drift { get; init; }

    /// <summary>
    /// <c>ZoneUpload</c>, <c>TravelUpload</c> or <c>Zone</c> for the newest span (its offset agrees with the last
    /// upload by an offset of the zone, by another one, or could not be checked); <c>Upload</c>: by the last upload
    /// alone, while the clock is not set again after an empty battery; <c>Change</c>: counted from the span beside it
    /// by the size of the setting between them; before a silent jump <c>EarlierUpload</c> (an earlier upload shows the
    /// offset), <c>AfterJump</c> (the first offset after the jump that a zone could have) or <c>AtJump</c> (the log is
    /// taken to go on where it stopped); <c>Unknown</c>: the clock was never set.
    /// </summary>
    public string ResolvedBy { get; init; } = "";

    /// <summary>First place in the pump's log.</summary>
    public long FirstPosition { get; init; }

    /// <summary>Last place in the pump's log; null for the newest span.</summary>
    public long? LastPosition { get; init; }
}
