using System.Text.Json.Nodes;
using TandemFetch.Engine.Assistant.Guard;
using TandemFetch.Engine.Assistant.Results;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Assistant.Tools;

/// <summary>What there is, and queries of it.</summary>
internal static class DescriptionTools
{
    private const string Units =
        "Glucose in mg/dL, insulin in units, rates in units/h, carbohydrates in grams, times with their offset.";

    private const int UsualRows = 200;

    /// <summary>Describes the pumps and the tables.</summary>
    public static async Task<ToolResult> DescribeAsync(ToolCall call)
    {
        using var database = await GuardedDatabase.OpenAsync(call.Scope, call.Limits, CancellationToken.None)
            .ConfigureAwait(false);
        var query = new GuardedQuery(database, call.Limits);
        var tables = database.File.Tables.Select(table => Describe(query, table)).ToList();
        var file = database.File;
        var result = new DataDescription(
            new ResultBasis
            {
                Since = tables.Min(table => table.First),
                Until = tables.Max(table => table.Last),
                TimeZone = file.Zone.Name,
                Pumps = [.. file.Pumps.Select(pump => pump.Number)],
                Units = Units,
                RestsOn = Quantity.Of(tables.Sum(table => table.Rows), "row") + " in "
                    + Quantity.Of(tables.Count, "table") + ".",
                Notes = [.. NotesOf(call.Scope)],
            },
            [.. file.Pumps.Select(pump => new PumpDescription(
                pump.Number,
                pump.Pump.ModelName,
                pump.Pump.SoftwareVersion,
                pump.Pump.Algorithm,
                pump.Pump.TimeZone))],
            tables);
        return new ToolResult(result, tables.Count);
    }

    /// <summary>Runs a query.</summary>
    public static async Task<ToolResult> QueryAsync(ToolCall call)
    {
        var sql = call.Arguments.Text("sql")
            ?? throw ToolArguments.Invalid("'sql' is missing: one SELECT, such as SELECT count(*) FROM boluses.");
        var limit = call.LimitOr(UsualRows);
        using var database = await GuardedDatabase.OpenAsync(call.Scope, call.Limits, CancellationToken.None)
            .ConfigureAwait(false);
        var rows = new GuardedQuery(database, call.Limits).Run(sql, limit);
        var result = new QueryTable(
            new ResultBasis
            {
                Since = call.Scope.Since is { } since ? database.File.Zone.ToLocal(since) : null,
                TimeZone = database.File.Zone.Name,
                Pumps = [.. database.File.Pumps.Select(pump => pump.Number)],
                Units = Units,
                RestsOn = "The rows that the statement reads.",
                Notes = [.. NotesOf(call.Scope).Concat(rows.Cut is { } cut ? [cut] : [])],
            },
            [.. rows.Columns.Select((name, place) => new ColumnDescription(name, rows.Types[place]))],
            rows.Rows.Count,
            rows.Cut is not null,
            rows.Rows);
        return new ToolResult(result, rows.Rows.Count);
    }

    private static IEnumerable<string> NotesOf(AssistantScope scope) =>
        scope.Since is { } bound ? [$"Data before {bound:u} is not shared."] : [];

    private static TableDescription Describe(GuardedQuery query, VisibleTable table)
    {
        var time = table.Time is { } name ? SqlText.Identifier(name) : "NULL::TIMESTAMPTZ";
        var extent = query.Run(
            $"SELECT count(*), min({time}), max({time}) FROM {SqlText.Table(table.Name)}", 1).Rows[0];
        return new TableDescription(
            table.Name,
            table.Description,
            (long)extent[0]!,
            Moment(extent[1]),
            Moment(extent[2]),
            [.. table.Columns.Select(column => new ColumnDescription(column.Name, column.Type, column.Description))]);
    }

    private static DateTimeOffset? Moment(JsonNode? text) => text is null
        ? null
        : DateTimeOffset.Parse((string)text!, System.Globalization.CultureInfo.InvariantCulture);
}
