using System.Collections;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Hosting;

/// <summary>Offers the columns of the table that has been typed, or of all tables.</summary>
internal sealed class ColumnCompleter : FileCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string? Hint)> WordsOf(TandemDatabase database, IDictionary parameters)
    {
        var table = parameters["Table"]?.ToString();
        return TableReader.Describe(database)
            .Where(known => table is null || known.Table.Equals(table, StringComparison.OrdinalIgnoreCase))
            .SelectMany(known => known.Columns)
            .DistinctBy(column => column.Name)
            .Select(column => (column.Name, (string?)$"{column.Type}: {column.Description}"));
    }
}
