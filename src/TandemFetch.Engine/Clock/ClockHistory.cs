namespace TandemFetch.Engine.Clock;

/// <summary>All that a pump's log and its uploads show of its clock.</summary>
public sealed record ClockHistory
{
    /// <summary>The settings, in log order.</summary>
    public IReadOnlyList<ClockSetting> Settings { get; init; } = [];

    /// <summary>The steps without a setting, in log order.</summary>
    public IReadOnlyList<ClockStep> Steps { get; init; } = [];

    /// <summary>The uploads that the file remembers, in log order.</summary>
    public IReadOnlyList<ClockUpload> Uploads { get; init; } = [];

    /// <summary>
    /// The clock at the oldest entry; null where that does not matter, because the clock never jumped.
    /// </summary>
    public PumpTime? Oldest { get; init; }

    /// <summary>The clock at the newest entry.</summary>
    public required PumpTime Newest { get; init; }

    /// <summary>
    /// The last upload as the account shows it, with the clock at its newest entry, which need not be fetched yet.
    /// </summary>
    public (PumpTime PumpTime, DateTimeOffset Uploaded)? LastUpload { get; init; }
}
