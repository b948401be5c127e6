namespace TandemFetch.Engine.Storage.Columns;

/// <summary>Values of fixed size whose type depends on how large they are.</summary>
internal sealed unsafe class ObjectColumn<TKept>(Func<TKept, object> convert) : QueryColumn<object?>
    where TKept : unmanaged
{
    /// <inheritdoc/>
    public override object? Read(long row) => IsNull(row) ? null : convert(((TKept*)Data)[row]);
}
