using System.Collections;

namespace TandemFetch.Hosting;

/// <summary>Offers intervals between two cycles of a watch.</summary>
internal sealed class IntervalCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string? Hint)> Words(IDictionary parameters) =>
        [("5m", "5 minutes"), ("15m", "15 minutes"), ("30m", "30 minutes"), ("1h", "An hour")];
}
