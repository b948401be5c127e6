using System.Collections;
using TandemFetch.Engine.Reading;

namespace TandemFetch.Hosting;

/// <summary>Offers the names of alerts, alarms, malfunctions and sensor alerts.</summary>
internal sealed class AlertNameCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string? Hint)> Words(IDictionary parameters) =>
        KnownNames.Alerts.Names.Select(name => (name, (string?)null));
}
