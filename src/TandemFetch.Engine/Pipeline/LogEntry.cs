namespace TandemFetch.Engine.Pipeline;

/// <summary>Where one entry of a page lies and what identifies it. The bytes stay in the page.</summary>
internal readonly record struct LogEntry
{
    /// <summary>The entry's pump as an index into the page's list of devices.</summary>
    public required int Device { get; init; }

    public required long SequenceGroup { get; init; }

    public required long SequenceNumber { get; init; }

    public required int EventCode { get; init; }

    /// <summary>Pump wall clock, microseconds since 1970.</summary>
    public required long PumpTime { get; init; }

    /// <summary>Where the whole entry lies in the page.</summary>
    public required Range Bytes { get; init; }

    /// <summary>Where <c>eventProperties</c> lies in the page; empty when the entry has none.</summary>
    public required Range Properties { get; init; }

    /// <summary>Whether the columns and <c>eventProperties</c> alone give the entry back as received.</summary>
    public required bool IsStandard { get; init; }

    /// <summary>Place in the pump's log.</summary>
    public long Position => LogPosition.Of(SequenceGroup, SequenceNumber);
}
