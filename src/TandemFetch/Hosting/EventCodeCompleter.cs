using System.Collections;
using System.Globalization;
using TandemFetch.Engine.Catalog;

namespace TandemFetch.Hosting;

/// <summary>
/// Offers the codes of all known kinds of log entries, for the beginning of a code or a part of a name.
/// </summary>
internal sealed class EventCodeCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string? Hint)> Words(IDictionary parameters) =>
        EventCatalog.Default.Events
            .Select(known => (known.Code.ToString(CultureInfo.InvariantCulture), (string?)known.Name));

    /// <inheritdoc/>
    protected override bool Matches((string Text, string? Hint) word, string typed) =>
        word.Text.StartsWith(typed, StringComparison.Ordinal)
        || word.Hint!.Contains(typed, StringComparison.OrdinalIgnoreCase);
}
