using System.Collections;

namespace TandemFetch.Hosting;

/// <summary>Offers moments that are often needed, in each form in which a moment can be written.</summary>
internal sealed class MomentCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string? Hint)> Words(IDictionary parameters) =>
    [
        ("today", "The beginning of today in the pump's zone"),
        ("yesterday", "The beginning of yesterday in the pump's zone"),
        ("now", "This moment"),
        ("90m", "90 minutes ago"),
        ("24h", "24 hours ago"),
        ("7d", "7 days of 24 hours ago"),
        ("2w", "2 weeks ago"),
        ("90d", "90 days ago, about 3 months"),
        ("08:00", "A time of today in the pump's zone"),
    ];
}
