namespace TandemFetch.Engine.Clock;

/// <summary>Everything that a pump's log and its uploads show about its clock.</summary>
public sealed record ClockHistory
{
    /// <summary>The settings, in log order.</summary>
    public IReadOnlyList<ClockSetting> Settings { get; init; } = [];

    /// <summary>The steps without a setting, in log order.</summary>
    public IReadOnlyList<ClockStep> Steps { get; init; } = [];

    /// <summary>The uploads recorded in the file, in log order.</summary>
    public IReadOnlyList<ClockUpload> Uploads { get; init; } = [];

    /// <summary>The clock at the oldest entry; null if it is not needed because the clock never jumped.</summary>
    public PumpTime? Oldest { get; init; }

    /// <summary>The clock at the newest entry.</summary>
    public required PumpTime Newest { get; init; }

    /// <summary>
    /// The last upload that the account shows, with the clock at its newest entry, which may not have been fetched yet.
    /// </summary>
    public (PumpTime PumpTime, DateTimeOffset Uploaded)? LastUpload { get; init; }
}
