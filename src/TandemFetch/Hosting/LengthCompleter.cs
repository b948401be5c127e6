using System.Collections;

namespace TandemFetch.Hosting;

/// <summary>Offers lengths of time that are often needed, in each unit.</summary>
internal sealed class LengthCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string? Hint)> Words(IDictionary parameters) =>
    [
        ("90m", "90 minutes"),
        ("12h", "12 hours"),
        ("24h", "24 hours"),
        ("7d", "7 days"),
        ("2w", "2 weeks"),
        ("30d", "30 days"),
        ("90d", "90 days, about 3 months"),
        ("1d12h", "A day and 12 hours"),
    ];
}
