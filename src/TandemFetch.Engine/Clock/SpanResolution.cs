namespace TandemFetch.Engine.Clock;

/// <summary>How the offset of a clock span was determined.</summary>
public enum SpanResolution
{
    /// <summary>Newest span: the last upload agrees with an offset of the pump's zone in that year.</summary>
    ZoneUpload,

    /// <summary>Newest span: the last upload agrees with an offset of another zone, because the pump travels.</summary>
    TravelUpload,

    /// <summary>There is no upload to check against, or it is stale; the zone's offset is used.</summary>
    Zone,

    /// <summary>Newest span: the last upload alone; the clock has not been set since it was reset.</summary>
    Upload,

    /// <summary>Calculated from the adjacent span by the size of the setting between them.</summary>
    Change,

    /// <summary>Before an unlogged jump: an earlier upload shows the offset.</summary>
    EarlierUpload,

    /// <summary>Before an unlogged jump: the first offset after the jump that a zone could have.</summary>
    AfterJump,

    /// <summary>Between two unlogged jumps: the log is assumed to continue where it stopped.</summary>
    AtJump,

    /// <summary>A clock that was never set: true time cannot be known.</summary>
    Unknown,
}
