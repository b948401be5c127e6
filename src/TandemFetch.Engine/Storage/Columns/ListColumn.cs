using DuckDB.NET.Native;

namespace TandemFetch.Engine.Storage.Columns;

/// <summary>Lists, as arrays.</summary>
internal sealed unsafe class ListColumn(QueryColumn element) : QueryColumn<Array?>
{
    /// <inheritdoc/>
    public override void Attach(nint vector)
    {
        base.Attach(vector);
        element.Attach(NativeMethods.Vectors.DuckDBListVectorGetChild(vector));
    }

    /// <inheritdoc/>
    public override Array? Read(long row)
    {
        if (IsNull(row))
        {
            return null;
        }

        var entry = ((DuckDBListEntry*)Data)[row];
        return element.Slice((long)entry.Offset, (long)entry.Length);
    }
}
