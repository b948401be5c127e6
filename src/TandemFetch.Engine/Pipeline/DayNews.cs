namespace TandemFetch.Engine.Pipeline;

/// <summary>What a page has of one day of pump wall clock.</summary>
internal sealed class DayNews
{
    /// <summary>All entries.</summary>
    public int Entries { get; set; }

    /// <summary>Entries that the file did not have.</summary>
    public int Added { get; set; }

    /// <summary>Of those, the ones before the newest entry that an earlier run had fetched.</summary>
    public int Late { get; set; }

    /// <summary>Entries that the file had with other content.</summary>
    public int Revised { get; set; }
}
