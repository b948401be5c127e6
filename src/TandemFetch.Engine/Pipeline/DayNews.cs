namespace TandemFetch.Engine.Pipeline;

/// <summary>What a page contains for one day of pump wall clock.</summary>
internal sealed class DayNews
{
    /// <summary>All entries.</summary>
    public int Entries { get; set; }

    /// <summary>Entries that were not in the file.</summary>
    public int Added { get; set; }

    /// <summary>Of those, entries before the newest entry that an earlier run had fetched.</summary>
    public int Late { get; set; }

    /// <summary>Entries that were in the file with different content.</summary>
    public int Revised { get; set; }
}
