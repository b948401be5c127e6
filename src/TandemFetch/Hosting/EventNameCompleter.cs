using System.Collections;
using TandemFetch.Engine.Catalog;

namespace TandemFetch.Hosting;

/// <summary>Offers the names of all known kinds of log entries.</summary>
internal sealed class EventNameCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string? Hint)> Words(IDictionary parameters) =>
        EventCatalog.Default.Events
            .Select(known => (known.Name, (string?)$"{known.Code}: {known.Title ?? known.Name}"))
            .OrderBy(word => word.Item1, StringComparer.Ordinal);
}
