using System.Collections;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Hosting;

/// <summary>Offers the tables of the file.</summary>
internal sealed class TableCompleter : FileCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string? Hint)> WordsOf(TandemDatabase database, IDictionary parameters) =>
        TableReader.Describe(database).Select(table => (table.Table, table.Description));
}
