namespace TandemFetch.Engine.Queries.Columns;

/// <summary>Values of fixed size that are converted: times, decimals, UUIDs.</summary>
internal sealed class ConvertedColumn<TKept, T>(Func<TKept, T> convert) : QueryColumn<T?>
    where TKept : unmanaged
    where T : struct
{
    /// <inheritdoc/>
    public override T? Read(long row) => IsNull(row) ? null : convert(Vector.Value<TKept>(row));
}
