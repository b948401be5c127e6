using DuckDB.NET.Native;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Queries.Columns;

/// <summary>Lists, as arrays.</summary>
internal sealed class ListColumn(QueryColumn element) : QueryColumn<Array?>
{
    /// <inheritdoc/>
    public override void Attach(ColumnVector vector)
    {
        base.Attach(vector);
        element.Attach(vector.ListElements);
    }

    /// <inheritdoc/>
    public override Array? Read(long row)
    {
        if (IsNull(row))
        {
            return null;
        }

        var entry = Vector.Value<DuckDBListEntry>(row);
        return element.Slice((long)entry.Offset, (long)entry.Length);
    }
}
