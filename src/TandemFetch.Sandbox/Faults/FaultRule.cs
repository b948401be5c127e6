using System.Text.RegularExpressions;

namespace TandemFetch.Sandbox.Faults;

/// <summary>What goes wrong, and when.</summary>
public sealed record FaultRule
{
    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Only paths with this prefix.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Only requests with this method; null for any.</summary>
    public string? Method { get; init; }

    /// <summary>Only paths (with query) that match this regular expression.</summary>
    public string? Pattern { get; init; }

    /// <summary>How often, 0 to 1, by chance from <see cref="Seed"/>.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>Instead of chance: every nth request.</summary>
    public int Every { get; init; }

    /// <summary>Number of requests that pass before the rule applies.</summary>
    public int After { get; init; }

    /// <summary>Maximum number of times; null for no limit.</summary>
    public int? Count { get; init; }

    /// <summary>Decides chances, and which entries are held back.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The status code of <see cref="FaultKind.Status"/>.</summary>
    public int Status { get; init; } = 503;

    /// <summary>Seconds for <c>Retry-After</c>.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Where a redirecting <see cref="Status"/> points to.</summary>
    public string? Location { get; init; }

    /// <summary>Milliseconds of <see cref="FaultKind.Delay"/>.</summary>
    public int Delay { get; init; }

    /// <summary>Share of the entries that <see cref="FaultKind.LateEntries"/> holds back.</summary>
    public double Share { get; init; } = 0.1;

    internal bool Concerns(string method, string path, string query) =>
        (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && path.StartsWith(Path, StringComparison.Ordinal)
        && (Pattern is null || Regex.IsMatch(path + query, Pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
}
