using System.Text.RegularExpressions;

namespace TandemFetch.Sandbox.Faults;

/// <summary>When something goes wrong, and what.</summary>
public sealed record FaultRule
{
    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Only paths that begin so.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Only paths (with query) in which this regular expression is found.</summary>
    public string? Pattern { get; init; }

    /// <summary>How often, 0 to 1, by chance from <see cref="Seed"/>.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>Instead of chance: every so many requests.</summary>
    public int Every { get; init; }

    /// <summary>Requests that pass before the rule begins.</summary>
    public int After { get; init; }

    /// <summary>How many times at most; null without limit.</summary>
    public int? Count { get; init; }

    /// <summary>Decides chances, and which entries are held back.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The status code of <see cref="FaultKind.Status"/>.</summary>
    public int Status { get; init; } = 503;

    /// <summary>Seconds for <c>Retry-After</c>.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Milliseconds of <see cref="FaultKind.Delay"/>.</summary>
    public int Delay { get; init; }

    /// <summary>Share of the entries that <see cref="FaultKind.LateEntries"/> holds back.</summary>
    public double Share { get; init; } = 0.1;

    internal bool Concerns(string path, string query) =>
        path.StartsWith(Path, StringComparison.Ordinal)
        && (Pattern is null || Regex.IsMatch(path + query, Pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
}
