namespace TandemFetch.Records;

/// <summary>A fill of a cartridge, a tubing or a cannula.</summary>
public sealed record SiteChange
{
    /// <summary>The id of the log entry.</summary>
    public long Id { get; init; }

    /// <summary>The pump's serial number; null if the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>When it was filled, in the pump's zone; null if true time cannot be known.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The same time by the pump's own wall clock, of unspecified kind.</summary>
    public DateTime PumpTime { get; init; }

    /// <summary><c>Cartridge</c>, <c>Tubing</c> or <c>Cannula</c>.</summary>
    public string Part { get; init; } = "";

    /// <summary>Insulin filled in or used for priming, units; null if not recorded.</summary>
    public decimal? Units { get; init; }

    /// <summary>How it ended, such as <c>Completed</c>; null for cartridges.</summary>
    public string? Status { get; init; }
}
