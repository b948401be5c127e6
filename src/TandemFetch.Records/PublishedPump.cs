namespace TandemFetch.Records;

/// <summary>A pump that <c>Publish-TandemLake</c> has published.</summary>
public sealed record PublishedPump
{
    /// <summary>Full path of the lake.</summary>
    public string Lake { get; init; } = "";

    /// <summary>Serial number of the pump.</summary>
    public string PumpSerial { get; init; } = "";

    /// <summary>The pump as the lake names it: its serial number, or its pseudonym.</summary>
    public string Pump { get; init; } = "";

    /// <summary>Tables of the lake that have rows of the pump.</summary>
    public int Tables { get; init; }

    /// <summary>Files that were written because rows had changed; 0 if the lake was up to date.</summary>
    public int FilesWritten { get; init; }

    /// <summary>Rows of the pump in all tables.</summary>
    public long Rows { get; init; }

    /// <summary>Size of all files of the pump, bytes.</summary>
    public long Bytes { get; init; }
}
