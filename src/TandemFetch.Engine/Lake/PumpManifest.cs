namespace TandemFetch.Engine.Lake;

/// <summary>What a lake has of one pump. It is written last, when all files are in place.</summary>
internal sealed record PumpManifest
{
    /// <summary>The pump as the lake names it: its serial number, or its pseudonym.</summary>
    public required string Pump { get; init; }

    /// <summary>The version of the module that published it.</summary>
    public required string Module { get; init; }

    /// <summary>The schema version of the database that it comes from.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The IANA time zone of the pump.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The version of DuckDB whose data of the zone were used.</summary>
    public required string ZoneDatabase { get; init; }

    /// <summary>
    /// The offsets of the zone: each applies from a moment on. Moments are microseconds since 1970 UTC, offsets seconds
    /// east of UTC.
    /// </summary>
    public required IReadOnlyList<long[]> UtcOffsets { get; init; }

    /// <summary>The newest log position under any key of the pump; -1 if the database has no entry of it.</summary>
    public required long NewestPosition { get; init; }

    /// <summary>The number of entries that the database has of the pump.</summary>
    public required long Entries { get; init; }

    /// <summary>The tables that have rows of the pump.</summary>
    public required SortedDictionary<string, LakeFile> Tables { get; init; }

    /// <summary>The tables whose files are being replaced; empty when the pump is complete.</summary>
    public IReadOnlyList<string> Replacing { get; init; } = [];
}
