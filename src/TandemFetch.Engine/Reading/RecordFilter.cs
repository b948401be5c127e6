namespace TandemFetch.Engine.Reading;

/// <summary>Which rows of a table to read.</summary>
public sealed record RecordFilter
{
    /// <summary>The first moment to include; null for no limit.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The first moment that is no longer included; null for no limit.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only pumps with these serial numbers; empty for all.</summary>
    public IReadOnlyCollection<string> PumpSerials { get; init; } = [];

    /// <summary>
    /// Conditions that rows must also meet, on columns of the table that is read. Measures do not apply them.
    /// </summary>
    public IReadOnlyList<ColumnCondition> Conditions { get; init; } = [];

    /// <summary>
    /// How many of the rows that meet all of this to read: the newest; null for all. Measures do not apply it.
    /// </summary>
    public int? Newest { get; init; }

    /// <summary>The rows whose true time cannot be known, instead of those whose time is known.</summary>
    public bool UnknownTime { get; init; }
}
