namespace TandemFetch.Engine.Queries.Columns;

/// <summary>Values that DuckDB keeps as .NET does: numbers and truth values.</summary>
internal sealed class PlainColumn<T> : QueryColumn<T?>
    where T : unmanaged
{
    /// <inheritdoc/>
    public override T? Read(long row) => IsNull(row) ? null : Vector.Value<T>(row);
}
