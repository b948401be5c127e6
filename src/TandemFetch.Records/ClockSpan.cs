namespace TandemFetch.Records;

/// <summary>A stretch of a pump's log between two settings of its clock.</summary>
public sealed record ClockSpan
{
    /// <summary>The pump's serial number; null when the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>True time of the setting that begins it, in the pump's zone; null for the first span, and where true time cannot be known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The clock right after that setting, of unspecified kind; null for the first span.</summary>
    public DateTime? PumpTime { get; init; }

    /// <summary>What the clock was ahead of UTC by its zone; null where true time cannot be known.</summary>
    public TimeSpan? UtcOffset { get; init; }

    /// <summary>What it was ahead besides, by drift or by being set roughly.</summary>
    public TimeSpan? Drift { get; init; }

    /// <summary><c>ZoneUpload</c>, <c>TravelUpload</c> or <c>Zone</c> for the newest span (its offset agrees with the last upload by an offset of the zone, by another one, or could not be checked); <c>Change</c>: counted back from the next span; <c>Unknown</c>.</summary>
    public string ResolvedBy { get; init; } = "";

    /// <summary>First place in the pump's log.</summary>
    public long FirstPosition { get; init; }

    /// <summary>Last place in the pump's log; null for the newest span.</summary>
    public long? LastPosition { get; init; }
}
