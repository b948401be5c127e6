using DuckDB.NET.Native;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Queries;

/// <summary>The rows of a statement, read on demand. Read them only once, before the next result.</summary>
public sealed class QueryResult
{
    private readonly QueryColumn[] _columns;
    private readonly Func<DuckDBDataChunk?> _nextChunk;

    internal QueryResult(IReadOnlyList<string> names, QueryColumn[] columns, Func<DuckDBDataChunk?> nextChunk)
    {
        Names = names;
        _columns = columns;
        _nextChunk = nextChunk;
    }

    /// <summary>The names of the columns, each different from the others.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The columns' types; each can hold null.</summary>
    public IReadOnlyList<Type> Types => [.. _columns.Select(column => column.Type)];

    /// <summary>The rows as objects with a property per column.</summary>
    public IEnumerable<QueryRow> Rows()
    {
        var shape = RowType.Of(Names, _columns);
        return Read(row => shape.Create(_columns, row));
    }

    /// <summary>The rows as values in the order of the columns; null for NULL.</summary>
    public IEnumerable<object?[]> Values() => Read(row => Array.ConvertAll(_columns, column => column.Box(row)));

    private IEnumerable<T> Read<T>(Func<long, T> read)
    {
        while (_nextChunk() is { } chunk)
        {
            using (chunk)
            {
                for (var column = 0; column < _columns.Length; column++)
                {
                    _columns[column].Attach(ColumnVector.Of(chunk, column));
                }

                var count = (long)NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk);
                for (var row = 0L; row < count; row++)
                {
                    yield return Checked(read, row);
                }
            }
        }
    }

    /// <summary>Infinity and years beyond 9999 are values in DuckDB but not in .NET.</summary>
    private static T Checked<T>(Func<long, T> read, long row)
    {
        try
        {
            return read(row);
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            throw new TandemException(
                QueryErrors.ValueUnsupported,
                TandemErrorKind.InvalidData,
                "A time in the result is outside the years 1 to 9999, or is infinite. Cast it in the query: column::VARCHAR.",
                innerException: error);
        }
    }
}
