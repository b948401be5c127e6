namespace TandemFetch.Engine.Clock;

/// <summary>How the offset of a clock span became known.</summary>
public enum SpanResolution
{
    /// <summary>Newest span: the last upload agrees with an offset that the pump's zone has in that year.</summary>
    ZoneUpload,

    /// <summary>Newest span: the last upload agrees with an offset of another zone; the pump travels.</summary>
    TravelUpload,

    /// <summary>No upload to check against, or a stale one; the zone's offset is taken.</summary>
    Zone,

    /// <summary>Newest span: the last upload alone; the clock was not set again yet after it was reset.</summary>
    Upload,

    /// <summary>Counted from the span beside it by the size of the setting between them.</summary>
    Change,

    /// <summary>Before a silent jump: an earlier upload shows the offset.</summary>
    EarlierUpload,

    /// <summary>Before a silent jump: the first offset after the jump that a zone could have.</summary>
    AfterJump,

    /// <summary>Between two silent jumps: the log is taken to go on where it stopped.</summary>
    AtJump,

    /// <summary>A clock that was never set: true time cannot be known.</summary>
    Unknown,
}
