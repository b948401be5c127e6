namespace TandemFetch.Engine.Queries.Columns;

/// <summary>Values that .NET has no type for. A column that contains only NULL can still be read.</summary>
internal sealed class UnsupportedColumn(string type) : QueryColumn<object?>
{
    /// <inheritdoc/>
    public override object? Read(long row) => IsNull(row)
        ? null
        : throw new TandemException(
            QueryErrors.ValueUnsupported,
            TandemErrorKind.InvalidData,
            $"A column has the type {type}, which is not supported. Cast it in the query: column::VARCHAR.");
}
