using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using DuckDB.NET.Native;
using TandemFetch.Engine.Queries;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Assistant.Guard;

/// <summary>Runs an assistant's query, if the guard has no objection, and reads its rows up to a limit.</summary>
/// <param name="database">What the query may see.</param>
/// <param name="limits">How much it may return.</param>
internal sealed partial class GuardedQuery(GuardedDatabase database, AssistantLimits limits)
{
    /// <summary>The longest message of DuckDB that is passed on, characters.</summary>
    private const int LongestMessage = 600;

    // What is wrong with the text of a query. Other messages can quote values of rows.
    private static readonly string[] AboutTheText = ["Parser Error", "Binder Error", "Catalog Error"];

    /// <summary>Runs a query.</summary>
    /// <param name="sql">Its text.</param>
    /// <param name="rows">How many rows to return at most.</param>
    /// <exception cref="TandemException"><see cref="AssistantErrors.Refused"/>,
    /// <see cref="AssistantErrors.QueryFailed"/>.</exception>
    public QueryRows Run(string sql, int rows)
    {
        Check(sql);
        var state = NativeMethods.PreparedStatements.DuckDBPrepare(
            database.Connection.NativeConnection, sql, out var statement);
        using (statement)
        {
            if (!state.IsSuccess())
            {
                throw Failed(NativeMethods.PreparedStatements.DuckDBPrepareError(statement));
            }

            state = NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(statement, out var result);
            try
            {
                return state.IsSuccess()
                    ? Read(result, rows)
                    : throw Failed(NativeMethods.Query.DuckDBResultError(ref result));
            }
            finally
            {
                result.Close();
            }
        }
    }

    private void Check(string sql)
    {
        if (sql.Length > QueryGuard.LongestText)
        {
            throw Refused($"It is longer than {QueryGuard.LongestText} characters.");
        }

        // DuckDB ends a text there.
        if (sql.Contains('\0', StringComparison.Ordinal))
        {
            throw Refused("It contains a character without a meaning.");
        }

        var tree = database.Connection.ExecuteScalar<string>(
            "SELECT json_serialize_sql($sql::VARCHAR)", new { sql });
        if (database.Guard.Objection(tree ?? "") is { } objection)
        {
            throw Refused(objection);
        }
    }

    private QueryRows Read(DuckDBResult result, int rows)
    {
        var count = (int)NativeMethods.Query.DuckDBColumnCount(ref result);
        var (names, types, columns) = (new string[count], new string[count], new QueryColumn[count]);
        var factory = new QueryColumns(database.File.Zone);
        for (var place = 0; place < count; place++)
        {
            names[place] = NativeMethods.Query.DuckDBColumnName(ref result, place);
            using var type = NativeMethods.Query.DuckDBColumnLogicalType(ref result, place);
            types[place] = NativeMethods.LogicalType.DuckDBGetTypeId(type).ToString();
            columns[place] = factory.Of(type);
        }

        var table = new QueryResult(UniqueColumnNames.Of(names), columns, () => NextChunk(result));
        return QueryRows.Read(table, types, Math.Min(rows, limits.Rows), limits.Bytes);
    }

    private static DuckDBDataChunk? NextChunk(DuckDBResult result)
    {
        var chunk = NativeMethods.Query.DuckDBFetchChunk(result);
        if (!chunk.IsInvalid && NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk) > 0)
        {
            return chunk;
        }

        chunk.Dispose();
        return NativeMethods.Query.DuckDBResultError(ref result) is { Length: > 0 } error ? throw Failed(error) : null;
    }

    private static TandemException Refused(string reason) => new(
        AssistantErrors.Refused, TandemErrorKind.PermissionDenied, $"The query was not run. {reason}");

    private static TandemException Failed(string message) => new(
        AssistantErrors.QueryFailed, TandemErrorKind.InvalidArgument, $"The query failed. {SentenceOf(message)}");

    private static string SentenceOf(string message)
    {
        if (DatabaseFailure.IsLackOfMemory(message))
        {
            return "It needs more memory than a query may use. Ask for less at a time, or for sums instead of rows.";
        }

        if (AboutTheText.Any(kind => message.StartsWith(kind, StringComparison.Ordinal)))
        {
            return message.Length > LongestMessage ? message[..LongestMessage] + "…" : message.Trim();
        }

        var kind = Kind().Match(message).Groups["kind"].Value;
        return kind switch
        {
            "Conversion" => "A value cannot be converted to another type. TRY_CAST gives NULL instead.",
            "Out of Range" => "A value is outside the range of its type.",
            "" => "DuckDB does not say why.",
            _ => string.Create(CultureInfo.InvariantCulture, $"DuckDB reports: {kind} error."),
        };
    }

    [GeneratedRegex(@"\A(?<kind>[A-Za-z ]{1,40}?) Error\b", RegexOptions.CultureInvariant)]
    private static partial Regex Kind();
}
