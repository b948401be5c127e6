using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// The number of rows that the pipeline left in each domain table. DuckDB counts the rows of a table without reading
/// them, so every run can check whether somebody else has deleted or added some. It cannot see that a value was
/// changed; <c>Test-TandemDatabase</c>, which derives all rows a second time, can.
/// </summary>
internal static class TableRows
{
    private static readonly string SaveRows = Read("save_table_rows");

    private static readonly string ChangedTables = Read("changed_tables");

    /// <summary>The tables whose number of rows differs from what the pipeline recorded.</summary>
    public static IReadOnlyList<TableDefinition> Changed(
        TandemDatabase database, IReadOnlyCollection<TableDefinition> tables)
    {
        var changed = database.Query<string>(Fill(ChangedTables, tables)).ToHashSet();
        return [.. tables.Where(table => table.Tables.Any(changed.Contains))];
    }

    /// <summary>Records the number of rows of tables, in the transaction that wrote them.</summary>
    public static void Save(TandemDatabase database, IReadOnlyCollection<TableDefinition> tables) =>
        database.Execute(Fill(SaveRows, tables));

    private static string Fill(string sql, IEnumerable<TableDefinition> tables) => sql.Replace(
        "{counted}",
        string.Join(
            " UNION ALL ",
            tables.SelectMany(table => table.Tables)
                .Select(name => $"SELECT '{name}' AS table_name, count(*) AS rows FROM {name}")),
        StringComparison.Ordinal);

    private static string Read(string name) =>
        SqlResource.Read($"{typeof(TableRows).Namespace}.Statements.{name}.sql");
}
