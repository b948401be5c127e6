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

    /// <summary>Only entries with these codes; empty for all. Tables of entries only.</summary>
    public IReadOnlyCollection<int> EventIds { get; init; } = [];

    /// <summary>
    /// Only entries whose name matches one of these patterns with <c>*</c> and <c>?</c>; empty for all. Tables of
    /// entries only.
    /// </summary>
    public IReadOnlyCollection<string> EventNames { get; init; } = [];

    /// <summary>The rows whose true time cannot be known, instead of those whose time is known.</summary>
    public bool UnknownTime { get; init; }
}
