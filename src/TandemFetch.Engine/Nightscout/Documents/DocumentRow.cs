namespace TandemFetch.Engine.Nightscout.Documents;

/// <summary>
/// What the rows of all kinds have in common. A kind adds the columns from which its document is made.
/// </summary>
internal abstract class DocumentRow
{
    /// <summary>The pump's name.</summary>
    public string Pump { get; init; } = "";

    /// <summary>IANA name of the pump's zone.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>Place of the first entry in the pump's log.</summary>
    public long LogPosition { get; init; }

    /// <summary>Time of the document, milliseconds since 1970 UTC.</summary>
    public long TimeMs { get; init; }

    /// <summary>Place of the last entry in the pump's log, if there is more than one.</summary>
    public long? LastPosition { get; init; }

    /// <summary>Time of the first entry, if that is not the time of the document.</summary>
    public long? FirstMs { get; init; }

    /// <summary>Time of the last entry, if there is more than one.</summary>
    public long? LastMs { get; init; }

    /// <summary>Place among the documents that are to be sent, from 1.</summary>
    public long Number { get; init; }

    /// <summary>Whether another uploader may have written the same.</summary>
    public bool Looks { get; init; }

    /// <summary>Whether it replaces what another uploader has written.</summary>
    public bool Replaces { get; init; }

    /// <summary>Whether the site has had no document of ours for it.</summary>
    public bool IsNew { get; init; }
}
