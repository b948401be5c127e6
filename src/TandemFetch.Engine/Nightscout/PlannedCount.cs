namespace TandemFetch.Engine.Nightscout;

/// <summary>Documents of a kind and a pump, by what happens to them.</summary>
internal sealed class PlannedCount
{
    public string Kind { get; init; } = "";

    public string Pump { get; init; } = "";

    /// <summary>The site has had none for them.</summary>
    public long New { get; set; }

    /// <summary>The site has another version, or one at another time.</summary>
    public long Changed { get; set; }

    /// <summary>The file no longer has them.</summary>
    public long Removed { get; set; }

    /// <summary>Documents of another uploader that were deleted for them.</summary>
    public long Replaced { get; set; }

    /// <summary>Another uploader has written them.</summary>
    public long LeftAlone { get; set; }

    /// <summary>Their true time is unknown.</summary>
    public long WithoutTime { get; set; }

    /// <summary>Another document has their place.</summary>
    public long Repeated { get; set; }
}
