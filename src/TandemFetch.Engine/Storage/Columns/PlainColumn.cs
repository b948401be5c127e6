namespace TandemFetch.Engine.Storage.Columns;

/// <summary>Values that DuckDB keeps as .NET does: numbers and truth values.</summary>
internal sealed unsafe class PlainColumn<T> : QueryColumn<T?>
    where T : unmanaged
{
    /// <inheritdoc/>
    public override T? Read(long row) => IsNull(row) ? null : ((T*)Data)[row];
}
