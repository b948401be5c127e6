using DuckDB.NET.Native;

namespace TandemFetch.Engine.Storage.Columns;

/// <summary>Lists of one fixed length (ARRAY), as arrays.</summary>
internal sealed class FixedListColumn(QueryColumn element, long length) : QueryColumn<Array?>
{
    /// <inheritdoc/>
    public override void Attach(nint vector)
    {
        base.Attach(vector);
        element.Attach(NativeMethods.Vectors.DuckDBArrayVectorGetChild(vector));
    }

    /// <inheritdoc/>
    public override Array? Read(long row) => IsNull(row) ? null : element.Slice(row * length, length);
}
