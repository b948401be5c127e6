namespace TandemFetch.Records;

/// <summary>A cycle of a watch on Tandem Source.</summary>
public sealed record WatchCycle
{
    /// <summary>When it began, in the pump's zone if that is known, otherwise UTC.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>How long it took.</summary>
    public string Duration => DurationText.Of(DurationValue);

    /// <inheritdoc cref="Duration"/>
    internal TimeSpan DurationValue { get; init; }

    /// <summary>Whether there was something to fetch.</summary>
    public bool Fetched { get; init; }

    /// <summary>The number of log entries added to the database.</summary>
    public long NewEntries { get; init; }

    /// <summary>
    /// When a pump last uploaded, in its zone; null if the server could not be reached. Phones upload about hourly.
    /// </summary>
    public DateTimeOffset? LastUpload { get; init; }

    /// <summary>When the next cycle is due; null after the last one.</summary>
    public DateTimeOffset? NextCycle { get; init; }

    /// <summary>The id of the error that ended the cycle, or null.</summary>
    public string? ErrorId { get; init; }
}
