namespace TandemFetch.Records;

/// <summary>One thing that must agree within the database, and whether it does.</summary>
public sealed record IntegrityCheck
{
    /// <summary>Stable name of the check.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether nothing was found.</summary>
    public bool Passed => Count == 0;

    /// <summary>What a finding means.</summary>
    public IntegritySeverity Severity { get; init; }

    /// <summary>How many rows disagree.</summary>
    public long Count { get; init; }

    /// <summary>The keys of some of them, five at most: the pump's key in Tandem Source and the place.</summary>
    public IReadOnlyList<string> SampleKeys { get; init; } = [];

    /// <summary>What must agree.</summary>
    public string Description { get; init; } = "";
}
