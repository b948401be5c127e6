using System.Text.Json.Nodes;
using TandemFetch.Engine.Queries;

namespace TandemFetch.Engine.Assistant.Guard;

/// <summary>The first rows of a query's result.</summary>
/// <param name="Columns">The names of the columns, each different from the others.</param>
/// <param name="Types">Their types in DuckDB.</param>
/// <param name="Rows">The rows, with a value for each column.</param>
/// <param name="Cut">Why there are no more rows; null if these are all.</param>
internal sealed record QueryRows(
    IReadOnlyList<string> Columns, IReadOnlyList<string> Types, IReadOnlyList<JsonArray> Rows, string? Cut)
{
    /// <summary>Reads a result until it ends or a limit is reached.</summary>
    /// <param name="result">The result.</param>
    /// <param name="types">The types of its columns.</param>
    /// <param name="limit">How many rows at most.</param>
    /// <param name="bytes">How many bytes of JSON at most.</param>
    public static QueryRows Read(QueryResult result, IReadOnlyList<string> types, int limit, int bytes)
    {
        var rows = new List<JsonArray>();
        var size = 0;
        foreach (var values in result.Values())
        {
            if (rows.Count == limit)
            {
                return new QueryRows(
                    result.Names, types, rows, $"Cut after {Quantity.Of(limit, "row")}; there are more.");
            }

            var row = new JsonArray([.. values.Select((value, place) => JsonValues.Of(value, types[place]))]);
            size += row.ToJsonString().Length;
            if (size > bytes)
            {
                var kept = Quantity.Of(rows.Count, "row");
                return new QueryRows(
                    result.Names, types, rows, $"Cut after {kept} because of their size; there are more.");
            }

            rows.Add(row);
        }

        return new QueryRows(result.Names, types, rows, null);
    }
}
