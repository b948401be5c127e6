namespace TandemFetch.Records;

/// <summary>A rule that the database must satisfy, and whether it does.</summary>
public sealed record IntegrityCheck
{
    /// <summary>Stable name of the check.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether no row violates the rule.</summary>
    public bool Passed => Count == 0;

    /// <summary>What a finding means.</summary>
    public IntegritySeverity Severity { get; init; }

    /// <summary>How many rows violate the rule.</summary>
    public long Count { get; init; }

    /// <summary>The keys of some of them, at most five: the pump's key in Tandem Source and the log position.</summary>
    public IReadOnlyList<string> SampleKeys
    {
        get;
        init => field = new RecordList<string>(value);
    } = RecordList<string>.Empty;

    /// <summary>The rule.</summary>
    public string Description { get; init; } = "";
}
