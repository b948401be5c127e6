namespace TandemFetch.Engine.Queries.Columns;

/// <summary>Values that DuckDB stores in the same form as .NET: numbers and Booleans.</summary>
internal sealed class PlainColumn<T> : QueryColumn<T?>
    where T : unmanaged
{
    /// <inheritdoc/>
    public override T? Read(long row) => IsNull(row) ? null : Vector.Value<T>(row);
}
