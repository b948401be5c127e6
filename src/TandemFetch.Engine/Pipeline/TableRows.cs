using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// How many rows the pipeline left in each domain table. DuckDB counts the rows of a table without reading them, so that
/// every run can see whether somebody else has deleted or added some. It does not see that a value was changed:
/// <c>Test-TandemDatabase</c> does, which derives all rows a second time.
/// </summary>
internal static class TableRows
{
    private static readonly string SaveRows = Read("save_table_rows");

    private static readonly string ChangedTables = Read("changed_tables");

    /// <summary>Those of the tables that have another number of rows than the pipeline left in them.</summary>
    public static IReadOnlyList<TableDefinition> Changed(
        TandemDatabase database, IReadOnlyCollection<TableDefinition> tables)
    {
        var changed = database.Query<string>(Fill(ChangedTables, tables)).ToHashSet();
        return [.. tables.Where(table => table.Tables.Any(changed.Contains))];
    }

    /// <summary>Records the rows of tables, in the transaction that wrote them.</summary>
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
