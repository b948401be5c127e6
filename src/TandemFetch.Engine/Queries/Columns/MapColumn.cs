using System.Collections;
using System.Collections.Specialized;
using DuckDB.NET.Native;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Queries.Columns;

/// <summary>
/// Maps, as dictionaries in the map's order. An ordered dictionary would interpret a number as an index, so a map with
/// keys other than text becomes a plain dictionary.
/// </summary>
internal sealed class MapColumn(QueryColumn keys, QueryColumn values) : QueryColumn<IDictionary?>
{
    /// <inheritdoc/>
    public override void Attach(ColumnVector vector)
    {
        base.Attach(vector);
        var entries = vector.ListElements;
        keys.Attach(entries.Member(0));
        values.Attach(entries.Member(1));
    }

    /// <inheritdoc/>
    public override IDictionary? Read(long row)
    {
        if (IsNull(row))
        {
            return null;
        }

        var entry = Vector.Value<DuckDBListEntry>(row);
        IDictionary map = keys.Type == typeof(string) ? new OrderedDictionary() : new Dictionary<object, object?>();
        for (var place = (long)entry.Offset; place < (long)(entry.Offset + entry.Length); place++)
        {
            map[keys.Box(place)!] = values.Box(place);
        }

        return map;
    }
}
