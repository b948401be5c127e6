using System.Runtime.CompilerServices;
using DuckDB.NET.Native;
using NativeAppender = DuckDB.NET.Native.DuckDBAppender;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// Appends rows to a table column by column. DuckDB.NET's own appender takes strings and boxed values; this one copies
/// UTF-8 and numbers directly into DuckDB's vectors, 2,048 rows at a time, and allocates nothing per row.
/// </summary>
internal sealed unsafe class ColumnAppender : IDisposable
{
    // By default, DuckDB keeps 200,000 rows, some 60 MB of log, before it begins to compress them.
    private const int ChunksPerFlush = 16;

    private readonly string _path;
    private readonly NativeAppender _appender;
    private readonly DuckDBLogicalType[] _types;
    private readonly DuckDBDataChunk _chunk;
    private readonly nint[] _vectors;
    private readonly nint[] _data;
    private readonly ulong _capacity = NativeMethods.Helpers.DuckDBVectorSize();
    private ulong _row;
    private int _chunks;

    /// <param name="database">A file that is open for writing.</param>
    /// <param name="table">The table, with its schema and a point if that is not <c>main</c>.</param>
    /// <param name="isTemporary">
    /// Whether it is a temporary table of the connection; then the file may be open for reading.
    /// </param>
    public ColumnAppender(TandemDatabase database, string table, bool isTemporary = false)
    {
        _path = database.Path;
        var name = SqlText.Unqualified(table);
        var schema = name == table ? null : table[..^(name.Length + 1)];
        var connection = database.Connection.NativeConnection;
        var state = isTemporary
            ? NativeMethods.Appender.DuckDBAppenderCreateExt(connection, "temp", "main", name, out _appender)
            : NativeMethods.Appender.DuckDBAppenderCreate(connection, schema!, name, out _appender);
        if (!state.IsSuccess())
        {
            using var failed = _appender;
            Check(state);
        }

        var columns = (int)NativeMethods.Appender.DuckDBAppenderColumnCount(_appender);
        _types = new DuckDBLogicalType[columns];
        var handles = new nint[columns];
        for (var column = 0; column < columns; column++)
        {
            _types[column] = NativeMethods.Appender.DuckDBAppenderColumnType(_appender, (ulong)column);
            handles[column] = _types[column].DangerousGetHandle();
        }

        _chunk = NativeMethods.DataChunks.DuckDBCreateDataChunk(handles, (ulong)columns);
        _vectors = new nint[columns];
        _data = new nint[columns];
        FindVectors();
    }

    /// <summary>Sets a 32-bit integer of the current row.</summary>
    public void Set(int column, int value) => ((int*)_data[column])[_row] = value;

    /// <summary>Sets a 64-bit integer or a count of microseconds since 1970.</summary>
    public void Set(int column, long value) => ((long*)_data[column])[_row] = value;

    /// <summary>Sets a value of fixed size.</summary>
    /// <typeparam name="T">The type in which DuckDB stores it.</typeparam>
    public void SetValue<T>(int column, T value)
        where T : unmanaged => ((T*)_data[column])[_row] = value;

    /// <summary>Sets text; it must be valid UTF-8, which is not checked again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Set(int column, ReadOnlySpan<byte> utf8)
    {
        fixed (byte* text = utf8)
        {
            NativeMethods.Vectors.DuckDBUnsafeVectorAssignStringElementLength(_vectors[column], _row, text, utf8.Length);
        }
    }

    /// <summary>Sets the current row's value to NULL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SetNull(int column)
    {
        NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(_vectors[column]);
        var validity = NativeMethods.Vectors.DuckDBVectorGetValidity(_vectors[column]);
        NativeMethods.ValidityMask.DuckDBValiditySetRowValidity(validity, _row, false);
    }

    /// <summary>Ends the current row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void EndRow()
    {
        if (++_row == _capacity)
        {
            FlushChunk();
        }
    }

    /// <summary>Passes everything to DuckDB; without this, the rows of the last chunk are lost.</summary>
    public void Complete()
    {
        FlushChunk();
        Check(NativeMethods.Appender.DuckDBAppenderClose(_appender));
    }

    public void Dispose()
    {
        _chunk.Dispose();
        foreach (var type in _types)
        {
            type.Dispose();
        }

        _appender.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FlushChunk()
    {
        if (_row == 0)
        {
            return;
        }

        NativeMethods.DataChunks.DuckDBDataChunkSetSize(_chunk, _row);
        Check(NativeMethods.Appender.DuckDBAppendDataChunk(_appender, _chunk));
        NativeMethods.DataChunks.DuckDBDataChunkReset(_chunk);
        _row = 0;
        FindVectors();
        if (++_chunks == ChunksPerFlush)
        {
            _chunks = 0;
            Check(NativeMethods.Appender.DuckDBAppenderFlush(_appender));
        }
    }

    private void FindVectors()
    {
        for (var column = 0; column < _vectors.Length; column++)
        {
            _vectors[column] = NativeMethods.DataChunks.DuckDBDataChunkGetVector(_chunk, column);
            _data[column] = (nint)NativeMethods.Vectors.DuckDBVectorGetData(_vectors[column]);
        }
    }

    private void Check(DuckDBState state)
    {
        if (!state.IsSuccess())
        {
            using var error = NativeMethods.Appender.DuckDBAppenderErrorData(_appender);
            throw DatabaseFailure.Of(error.Message ?? "The rows were rejected.", _path);
        }
    }
}
