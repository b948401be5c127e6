using DuckDB.NET.Native;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Queries;

/// <summary>
/// Runs a user's statements. If they may not write, two safeguards apply at once: only a text that reads is accepted
/// (<see cref="ReadOnlyGuard"/>), checked before any of it is prepared, and it runs in a transaction in which DuckDB
/// itself prevents writing. How the file was opened does not matter: within a process, a connection opened for reading can
/// write while another one is open for writing.
/// </summary>
public sealed class QueryRunner
{
    private readonly TandemDatabase _database;
    private readonly QueryColumns _columns;

    /// <summary>
    /// Prepares a file for queries: times are shown, and split into days, in the pump's zone if all pumps have the same
    /// one, otherwise in UTC.
    /// </summary>
    /// <param name="database">An open file.</param>
    public QueryRunner(TandemDatabase database)
    {
        _database = database;
        database.UseMemoryOfQueries();
        _columns = new QueryColumns(ZoneTable.UseCommon(database));
    }

    /// <summary>
    /// Runs statements one after the other, and returns the results that have rows. Read each to its end before the
    /// next.
    /// </summary>
    /// <param name="request">The statements and their parameters.</param>
    /// <param name="cancellationToken">Interrupts the running statement.</param>
    /// <exception cref="TandemException">One of <see cref="QueryErrors"/>.</exception>
    public IEnumerable<QueryResult> Run(QueryRequest request, CancellationToken cancellationToken)
    {
        using var interrupt = _database.InterruptOn(cancellationToken);
        Check(request, cancellationToken);
        using var statements = Extract(request, out var count);
        using var transaction = request.AllowWrite ? null : new ReadTransaction(_database);
        var names = new List<string>();
        try
        {
            for (var index = 0; index < count; index++)
            {
                using var statement = Prepare(statements, index, request, cancellationToken);
                names.AddRange(QueryParameters.NamesOf(statement));
                if (!request.AllowWrite && index == count - 1)
                {
                    // Those of a PIVOT are not known before.
                    CheckParameters(request, names);
                }

                QueryParameters.Bind(statement, request);
                cancellationToken.ThrowIfCancellationRequested();
                var result = Execute(statement, request, cancellationToken);
                try
                {
                    switch (NativeMethods.Query.DuckDBResultReturnType(result))
                    {
                        case DuckDBResultType.QueryResult:
                            yield return Describe(result, request, cancellationToken);
                            break;
                        case DuckDBResultType.ChangedRows:
                            request.OnRowsAffected?.Invoke(NativeMethods.Query.DuckDBRowsChanged(ref result));
                            break;
                    }
                }
                finally
                {
                    result.Close();
                    if (request.AllowWrite)
                    {
                        _database.ProtectLog();
                    }
                }
            }
        }
        finally
        {
            interrupt.Dispose();
        }
    }

    private DuckDBExtractedStatements Extract(QueryRequest request, out int count)
    {
        count = NativeMethods.ExtractStatements.DuckDBExtractStatements(_database.Connection.NativeConnection, request.Text, out var statements);
        if (count > 0)
        {
            return statements;
        }

        using (statements)
        {
            var error = NativeMethods.ExtractStatements.DuckDBExtractStatementsError(statements);
            throw Failed(request, string.IsNullOrEmpty(error) ? "It contains no statement." : error);
        }
    }

    /// <summary>
    /// What can be checked before anything runs: whether the text only reads, and whether it has all the parameters that
    /// were passed.
    /// </summary>
    private void Check(QueryRequest request, CancellationToken cancellationToken)
    {
        // Before anything is prepared: DuckDB creates the folder of an EXPORT DATABASE as soon as it is.
        if (!request.AllowWrite && ReadOnlyGuard.Objection(_database, request.Text) is { } objection)
        {
            throw ReadOnlyGuard.Refused(request.Text, objection);
        }

        // Preparing removes a statement from the extracted ones, so the statements to run are extracted again.
        using var statements = Extract(request, out var count);
        var names = new List<string>();
        for (var index = 0; index < count; index++)
        {
            DuckDBPreparedStatement statement;
            try
            {
                statement = Prepare(statements, index, request, cancellationToken);
            }
            catch (TandemException failure) when (count > 1 && (request.AllowWrite || PivotGuard.IsPending(failure)))
            {
                // It may need what an earlier statement creates, and is checked again when its turn comes.
                return;
            }

            using (statement)
            {
                names.AddRange(QueryParameters.NamesOf(statement));
            }
        }

        CheckParameters(request, names);
    }

    private static void CheckParameters(QueryRequest request, IReadOnlyList<string> names)
    {
        var unused = request.Parameters.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        unused.ExceptWith(names);
        if (unused.Count > 0)
        {
            throw new TandemException(
                QueryErrors.ParameterUnknown,
                TandemErrorKind.InvalidArgument,
                $"The query has no parameter {string.Join(", ", unused.Order().Select(name => "$" + name))}. "
                + (names.Count == 0
                    ? "It has no parameters at all." + (request.IsFromFile ? "" : " " + SwallowedParameter.Advice)
                    : $"It has {string.Join(", ", names.Distinct().Order().Select(name => "$" + name))}."),
                request.Text);
        }
    }

    private DuckDBPreparedStatement Prepare(
        DuckDBExtractedStatements statements, int index, QueryRequest request, CancellationToken cancellationToken)
    {
        var state = NativeMethods.ExtractStatements.DuckDBPrepareExtractedStatement(
            _database.Connection.NativeConnection, statements, index, out var statement);
        if (state.IsSuccess())
        {
            return statement;
        }

        using (statement)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failed(request, NativeMethods.PreparedStatements.DuckDBPrepareError(statement));
        }
    }

    private DuckDBResult Execute(DuckDBPreparedStatement statement, QueryRequest request, CancellationToken cancellationToken)
    {
        var state = NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(statement, out var result);
        if (state.IsSuccess())
        {
            return result;
        }

        var error = NativeMethods.Query.DuckDBResultError(ref result);
        result.Close();
        cancellationToken.ThrowIfCancellationRequested();
        throw Failed(request, error);
    }

    private QueryResult Describe(DuckDBResult result, QueryRequest request, CancellationToken cancellationToken)
    {
        var names = new string[NativeMethods.Query.DuckDBColumnCount(ref result)];
        var columns = new QueryColumn[names.Length];
        for (var place = 0; place < names.Length; place++)
        {
            names[place] = NativeMethods.Query.DuckDBColumnName(ref result, place);
            using var type = NativeMethods.Query.DuckDBColumnLogicalType(ref result, place);
            columns[place] = _columns.Of(type);
        }

        return new QueryResult(UniqueColumnNames.Of(names), columns, () => NextChunk(result, request, cancellationToken));
    }

    /// <summary>
    /// The next chunk; null after the last. A failure in the middle must not look like the end. DuckDB streams only
    /// what a SELECT returns; the rows of RETURNING exist as a whole.
    /// </summary>
    private DuckDBDataChunk? NextChunk(DuckDBResult result, QueryRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var chunk = NativeMethods.Query.DuckDBFetchChunk(result);
        if (!chunk.IsInvalid && NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk) > 0)
        {
            return chunk;
        }

        chunk.Dispose();
        if (NativeMethods.Query.DuckDBResultError(ref result) is { Length: > 0 } error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failed(request, error);
        }

        return null;
    }

    private TandemException Failed(QueryRequest request, string error)
    {
        if (!error.Contains("read-only mode", StringComparison.Ordinal))
        {
            return new TandemException(
                QueryErrors.Failed,
                TandemErrorKind.InvalidArgument,
                $"The query failed{ErrorPosition.Of(error)}. {error.Trim()}{SwallowedParameter.Hint(request, error)}",
                request.Text);
        }

        return request.AllowWrite ? DatabaseFailure.InUse(_database.Path) : ReadOnlyGuard.Refused(request.Text, error);
    }
}
