namespace TandemFetch.Engine.Pipeline;

/// <summary>The location of an entry in a page, and what identifies it. The bytes stay in the page.</summary>
internal readonly record struct LogEntry
{
    /// <summary>Index of the entry's pump in the page's list of devices.</summary>
    public required int Device { get; init; }

    public required long SequenceGroup { get; init; }

    public required long SequenceNumber { get; init; }

    public required int EventCode { get; init; }

    /// <summary>Pump wall clock, microseconds since 1970.</summary>
    public required long PumpTime { get; init; }

    /// <summary>Location of the whole entry in the page.</summary>
    public required Range Bytes { get; init; }

    /// <summary>Location of <c>eventProperties</c> in the page; empty if the entry has none.</summary>
    public required Range Properties { get; init; }

    /// <summary>Whether the entry can be restored from the columns and <c>eventProperties</c> alone.</summary>
    public required bool IsStandard { get; init; }

    /// <summary>Log position.</summary>
    public long Position => LogPosition.Of(SequenceGroup, SequenceNumber);
}
