using DuckDB.NET.Native;

namespace TandemFetch.Engine.Storage;

/// <summary>Reads one column of a query's result straight from DuckDB's vectors, as the .NET value that users get.</summary>
internal abstract unsafe class QueryColumn
{
    private ulong* _validity;

    /// <summary>The type of the values; it can hold null.</summary>
    public abstract Type Type { get; }

    /// <summary>The values of the current chunk, in the form that DuckDB keeps them in.</summary>
    protected void* Data { get; private set; }

    /// <summary>Goes on to the vector of the next chunk.</summary>
    public virtual void Attach(nint vector)
    {
        Data = NativeMethods.Vectors.DuckDBVectorGetData(vector);
        _validity = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
    }

    /// <summary>One value; null for NULL.</summary>
    public abstract object? Box(long row);

    /// <summary>Some values in a row as an array of <see cref="Type"/>.</summary>
    public abstract Array Slice(long first, long count);

    /// <summary>Whether a value is NULL.</summary>
    protected bool IsNull(long row) => _validity is not null && (_validity[row >> 6] & (1UL << (int)(row & 63))) == 0;
}
