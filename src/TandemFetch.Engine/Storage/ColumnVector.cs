using System.Runtime.CompilerServices;
using DuckDB.NET.Native;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// A column of a chunk of rows, in DuckDB's format, without copying or boxing. It is valid as long as its chunk.
/// </summary>
internal readonly unsafe struct ColumnVector
{
    private readonly nint _vector;
    private readonly void* _data;
    private readonly ulong* _validity;

    private ColumnVector(nint vector)
    {
        _vector = vector;
        _data = NativeMethods.Vectors.DuckDBVectorGetData(vector);
        _validity = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
    }

    /// <summary>The elements of lists, one list after the other.</summary>
    public ColumnVector ListElements => new(NativeMethods.Vectors.DuckDBListVectorGetChild(_vector));

    /// <summary>The elements of arrays of a fixed length, one array after the other.</summary>
    public ColumnVector ArrayElements => new(NativeMethods.Vectors.DuckDBArrayVectorGetChild(_vector));

    /// <summary>A column of a chunk.</summary>
    public static ColumnVector Of(DuckDBDataChunk chunk, int column) =>
        new(NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, column));

    /// <summary>A member of structs, of unions, or of the entries of maps.</summary>
    public ColumnVector Member(int place) => new(NativeMethods.Vectors.DuckDBStructVectorGetChild(_vector, place));

    /// <summary>Whether a value is NULL.</summary>
    public bool IsNull(long row) => _validity is not null && (_validity[row >> 6] & (1UL << (int)(row & 63))) == 0;

    /// <summary>A value of fixed size; undefined for NULL.</summary>
    /// <typeparam name="T">The type in which DuckDB stores it.</typeparam>
    public T Value<T>(long row)
        where T : unmanaged => ((T*)_data)[row];

    /// <summary>The first values of fixed size; undefined where NULL.</summary>
    /// <typeparam name="T">The type in which DuckDB stores them.</typeparam>
    public ReadOnlySpan<T> Values<T>(int count)
        where T : unmanaged => new(_data, count);

    /// <summary>A value of variable length: UTF-8 for text; undefined for NULL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Bytes(long row)
    {
        var bytes = (DuckDBString*)_data + row;
        return new ReadOnlySpan<byte>(bytes->Data, bytes->Length);
    }
}
