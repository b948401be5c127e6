using System.Runtime.CompilerServices;
using System.Text;
using DuckDB.NET.Native;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// Reads a query's rows chunk by chunk directly from DuckDB's vectors: numbers and UTF-8, without boxing or allocating
/// per row. Spans are valid until the next call of <see cref="NextChunk"/>.
/// </summary>
internal sealed class ColumnReader : IDisposable
{
    private readonly string _path;
    private readonly DuckDBPreparedStatement _statement;
    private readonly int _columns;
    private readonly ColumnVector[] _vectors;
    private readonly ColumnType[] _types;
    private DuckDBResult _result;
    private DuckDBDataChunk? _chunk;

    /// <summary>Starts a query.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="sql">One statement with parameters <c>$1</c>, <c>$2</c>, …</param>
    /// <param name="parameters">Their values: strings, 32-bit and 64-bit integers.</param>
    public ColumnReader(TandemDatabase database, string sql, params ReadOnlySpan<object> parameters)
        : this(database, sql, streams: false, parameters)
    {
    }

    private ColumnReader(TandemDatabase database, string sql, bool streams, ReadOnlySpan<object> parameters)
    {
        _path = database.Path;
        var state = NativeMethods.PreparedStatements.DuckDBPrepare(database.Connection.NativeConnection, sql, out _statement);
        try
        {
            if (!state.IsSuccess())
            {
                throw DatabaseFailure.Of(NativeMethods.PreparedStatements.DuckDBPrepareError(_statement), _path);
            }

            for (var index = 0; index < parameters.Length; index++)
            {
                Bind(index + 1, parameters[index]);
            }

            state = streams
                ? NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(_statement, out _result)
                : NativeMethods.PreparedStatements.DuckDBExecutePrepared(_statement, out _result);
            if (!state.IsSuccess())
            {
                throw DatabaseFailure.Of(NativeMethods.Query.DuckDBResultError(ref _result), _path);
            }

            _columns = (int)NativeMethods.Query.DuckDBColumnCount(ref _result);
            _vectors = new ColumnVector[_columns];
            _types = new ColumnType[_columns];
            for (var column = 0; column < _columns; column++)
            {
                _types[column] = ColumnType.Of(ref _result, column);
            }
        }
        catch
        {
            // A statement that is left to the finalizer keeps the whole DuckDB instance open, which may then close at
            // any later time, on a file that another instance has open.
            Dispose();
            throw;
        }
    }

    /// <summary>A query whose rows are produced on demand, so that a long result takes no memory.</summary>
    public static ColumnReader Streaming(
        TandemDatabase database, string sql, params ReadOnlySpan<object> parameters) =>
        new(database, sql, streams: true, parameters);

    /// <summary>Reads all rows of a short result.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="sql">One statement with parameters <c>$1</c>, <c>$2</c>, …</param>
    /// <param name="read">Makes something of a row, whose number in the current chunk it gets.</param>
    /// <param name="parameters">Their values: strings, 32-bit and 64-bit integers.</param>
    public static IReadOnlyList<T> ReadAll<T>(
        TandemDatabase database, string sql, Func<ColumnReader, int, T> read, params ReadOnlySpan<object> parameters)
    {
        var all = new List<T>();
        using var rows = new ColumnReader(database, sql, parameters);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                all.Add(read(rows, row));
            }
        }

        return all;
    }

    /// <summary>The names of the columns, in order.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            for (var column = 0; column < _columns; column++)
            {
                yield return NativeMethods.Query.DuckDBColumnName(ref _result, column);
            }
        }
    }

    /// <summary>Rows of the current chunk.</summary>
    public int Count { get; private set; }

    /// <summary>Advances to the next chunk; returns false after the last.</summary>
    public bool NextChunk()
    {
        _chunk?.Dispose();
        _chunk = NativeMethods.Query.DuckDBFetchChunk(_result);
        if (_chunk.IsInvalid)
        {
            ThrowIfFailed();
            Count = 0;
            return false;
        }

        Count = (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(_chunk);
        for (var column = 0; column < _columns; column++)
        {
            _vectors[column] = ColumnVector.Of(_chunk, column);
        }

        return Count > 0;
    }

    /// <summary>Whether a value is NULL.</summary>
    public bool IsNull(int column, int row) => _vectors[column].IsNull(row);

    /// <summary>An exact number, whatever the width in which DuckDB stores it.</summary>
    public decimal Decimal(int column, int row)
    {
        var (vector, type) = (_vectors[column], _types[column]);
        var unscaled = type.Width switch
        {
            2 => vector.Value<short>(row),
            4 => vector.Value<int>(row),
            _ => vector.Value<long>(row),
        };
        return ExactNumber.Of(unscaled, type.Scale);
    }

    /// <summary>A Boolean.</summary>
    public bool Boolean(int column, int row) => _vectors[column].Value<byte>(row) != 0;

    /// <summary>A 16-bit integer.</summary>
    public short Int16(int column, int row) => _vectors[column].Value<short>(row);

    /// <summary>A 32-bit integer.</summary>
    public int Int32(int column, int row) => _vectors[column].Value<int>(row);

    /// <summary>A 64-bit integer, or a timestamp's microseconds since 1970.</summary>
    public long Int64(int column, int row) => _vectors[column].Value<long>(row);

    /// <summary>The numbers of a column of the current chunk; undefined where NULL.</summary>
    /// <typeparam name="T">The type in which DuckDB stores them.</typeparam>
    public ReadOnlySpan<T> Values<T>(int column)
        where T : unmanaged => _vectors[column].Values<T>(Count);

    /// <summary>Text as UTF-8; empty for null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Utf8(int column, int row) => IsNull(column, row) ? default : _vectors[column].Bytes(row);

    /// <summary>Text; empty for null.</summary>
    public string Text(int column, int row) => Encoding.UTF8.GetString(Utf8(column, row));

    public void Dispose()
    {
        _chunk?.Dispose();
        _result.Close();
        _statement.Dispose();
    }

    private void ThrowIfFailed()
    {
        if (NativeMethods.Query.DuckDBResultError(ref _result) is { Length: > 0 } error)
        {
            throw DatabaseFailure.Of(error, _path);
        }
    }

    /// <summary>How a column stores its numbers.</summary>
    private readonly record struct ColumnType(int Width, byte Scale)
    {
        public static ColumnType Of(ref DuckDBResult result, int column)
        {
            using var type = NativeMethods.Query.DuckDBColumnLogicalType(ref result, column);
            return NativeMethods.LogicalType.DuckDBGetTypeId(type) == DuckDBType.Decimal
                ? new ColumnType(
                    NativeMethods.LogicalType.DuckDBDecimalInternalType(type) switch
                    {
                        DuckDBType.SmallInt => 2,
                        DuckDBType.Integer => 4,
                        _ => 8,
                    },
                    NativeMethods.LogicalType.DuckDBDecimalScale(type))
                : default;
        }
    }

    private void Bind(int index, object value)
    {
        _ = value switch
        {
            string text => NativeMethods.PreparedStatements.DuckDBBindVarchar(_statement, index, text),
            int number => NativeMethods.PreparedStatements.DuckDBBindInt32(_statement, index, number),
            long number => NativeMethods.PreparedStatements.DuckDBBindInt64(_statement, index, number),
            _ => throw new ArgumentException($"A parameter cannot be a {value.GetType()}."),
        };
    }
}
