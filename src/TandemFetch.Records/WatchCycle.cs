namespace TandemFetch.Records;

/// <summary>One look at Tandem Source while it is being watched.</summary>
public sealed record WatchCycle
{
    /// <summary>When it began, in the pump's zone if that is known, else UTC.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether there was something to fetch; else the server was only asked.</summary>
    public bool Fetched { get; init; }

    /// <summary>Log entries that are new in the database.</summary>
    public long NewEntries { get; init; }

    /// <summary>When a pump last uploaded, in its zone; null when the server could not be asked. Phones upload about hourly.</summary>
    public DateTimeOffset? LastUpload { get; init; }

    /// <summary>When the next cycle is due; null after the last one.</summary>
    public DateTimeOffset? NextCycle { get; init; }

    /// <summary>The id of the error that ended the cycle, or null.</summary>
    public string? ErrorId { get; init; }
}
