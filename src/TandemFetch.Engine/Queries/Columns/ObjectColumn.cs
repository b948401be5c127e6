namespace TandemFetch.Engine.Queries.Columns;

/// <summary>Values of fixed size whose type depends on their magnitude.</summary>
internal sealed class ObjectColumn<TKept>(Func<TKept, object> convert) : QueryColumn<object?>
    where TKept : unmanaged
{
    /// <inheritdoc/>
    public override object? Read(long row) => IsNull(row) ? null : convert(Vector.Value<TKept>(row));
}
