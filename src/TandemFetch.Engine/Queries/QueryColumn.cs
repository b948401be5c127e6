using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Queries;

/// <summary>
/// Reads a column of a query's result directly from DuckDB's vectors, as the .NET values that users get.
/// </summary>
internal abstract class QueryColumn
{
    /// <summary>The type of the values; it can hold null.</summary>
    public abstract Type Type { get; }

    /// <summary>The values of the current chunk, in DuckDB's format.</summary>
    protected ColumnVector Vector { get; private set; }

    /// <summary>Advances to the vector of the next chunk.</summary>
    public virtual void Attach(ColumnVector vector) => Vector = vector;

    /// <summary>A value; null for NULL.</summary>
    public abstract object? Box(long row);

    /// <summary>Consecutive values as an array of <see cref="Type"/>.</summary>
    public abstract Array Slice(long first, long count);

    /// <summary>Whether a value is NULL.</summary>
    protected bool IsNull(long row) => Vector.IsNull(row);
}
