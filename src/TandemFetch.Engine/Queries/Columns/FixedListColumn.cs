using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Queries.Columns;

/// <summary>Lists of a fixed length (ARRAY), as arrays.</summary>
internal sealed class FixedListColumn(QueryColumn element, long length) : QueryColumn<Array?>
{
    /// <inheritdoc/>
    public override void Attach(ColumnVector vector)
    {
        base.Attach(vector);
        element.Attach(vector.ArrayElements);
    }

    /// <inheritdoc/>
    public override Array? Read(long row) => IsNull(row) ? null : element.Slice(row * length, length);
}
