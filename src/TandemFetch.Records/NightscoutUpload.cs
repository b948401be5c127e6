namespace TandemFetch.Records;

/// <summary>What <c>Publish-TandemNightscout</c> did for one pump and one kind of content.</summary>
public sealed record NightscoutUpload
{
    /// <summary>Address of the Nightscout site.</summary>
    public string Site { get; init; } = "";

    /// <summary>Serial number of the pump.</summary>
    public string PumpSerial { get; init; } = "";

    /// <summary>What was compared and sent.</summary>
    public NightscoutContent What { get; init; }

    /// <summary>Documents that the site did not have before.</summary>
    public long Sent { get; init; }

    /// <summary>Documents that were corrected, those that moved in time included.</summary>
    public long Updated { get; init; }

    /// <summary>Documents that were deleted because the pump's data no longer has them.</summary>
    public long Deleted { get; init; }

    /// <summary>Documents of another uploader that were deleted and replaced by ours.</summary>
    public long Replaced { get; init; }

    /// <summary>Rows that were not sent because another uploader had already written the same.</summary>
    public long LeftAlone { get; init; }

    /// <summary>Rows that cannot be sent because their true time is unknown.</summary>
    public long WithoutTime { get; init; }

    /// <summary>
    /// Rows that cannot be sent because another row has their place: Nightscout keeps one reading for each moment.
    /// </summary>
    public long Repeated { get; init; }
}
