using System.Collections;
using TandemFetch.Engine.Reading;

namespace TandemFetch.Hosting;

/// <summary>Offers the kinds of boluses.</summary>
internal sealed class BolusKindCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string? Hint)> Words(IDictionary parameters) =>
        KnownNames.BolusKinds.Names.Select(name => (name, (string?)null));
}
