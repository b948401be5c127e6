using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Queries;

/// <summary>
/// Reads one column of a query's result straight from DuckDB's vectors, as the .NET value that users get.
/// </summary>
internal abstract class QueryColumn
{
    /// <summary>The type of the values; it can hold null.</summary>
    public abstract Type Type { get; }

    /// <summary>The values of the current chunk, in the form that DuckDB keeps them in.</summary>
    protected ColumnVector Vector { get; private set; }

    /// <summary>Goes on to the vector of the next chunk.</summary>
    public virtual void Attach(ColumnVector vector) => Vector = vector;

    /// <summary>One value; null for NULL.</summary>
    public abstract object? Box(long row);

    /// <summary>Some values in a row as an array of <see cref="Type"/>.</summary>
    public abstract Array Slice(long first, long count);

    /// <summary>Whether a value is NULL.</summary>
    protected bool IsNull(long row) => Vector.IsNull(row);
}
