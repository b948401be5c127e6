namespace TandemFetch.Engine.Clock;

/// <summary>How the offset of a clock span became known.</summary>
public enum SpanResolution
{
    /// <summary>Newest span: the last upload agrees with an offset that the pump's zone has in that year.</summary>
    ZoneUpload,

    /// <summary>Newest span: the last upload agrees with an offset of another zone; the pump travels.</summary>
    TravelUpload,

    /// <summary>Newest span: no upload to check against, or a stale one; the zone's offset is taken.</summary>
    Zone,

    /// <summary>Earlier span: counted back from the next one by the size of the change between them.</summary>
    Change,

    /// <summary>Before a first setting or a reset: true time cannot be known.</summary>
    Unknown,
}
