using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Tables;

/// <summary>
/// The checks that apply to every domain table, generated from the definitions: files in <c>Checks</c> with
/// placeholders in braces.
/// </summary>
internal static class DomainChecks
{
    private const string Separator = "\n    UNION ALL\n    ";

    private static readonly Lazy<IReadOnlyList<(string Name, string Sql)>> Made = new(Make);

    /// <summary>
    /// The checks by name: queries for the keys of rows that violate a rule, which begin with the rule.
    /// </summary>
    public static IReadOnlyList<(string Name, string Sql)> All => Made.Value;

    private static IEnumerable<TableDefinition> Tables =>
        DomainTables.All.Prepend<TableDefinition>(DomainTables.TherapyEntries);

    private static List<(string Name, string Sql)> Make() =>
    [
        ("domain_keys", Fill("domain_keys", ("keys", Tables.SelectMany(Keys)))),
        ("domain_links", Fill("domain_links", ("rows", Tables.Where(table => table.HasEntry).SelectMany(Links)))),
        ("domain_times", Fill("domain_times", ("times", Times(isEntrys: true)), ("expected", Times(isEntrys: false)))),
    ];

    private static string Fill(string name, params ReadOnlySpan<(string Place, IEnumerable<string> Parts)> places)
    {
        var sql = Read(name);
        foreach (var (place, parts) in places)
        {
            sql = sql.Replace($"{{{place}}}", string.Join(Separator, parts), StringComparison.Ordinal);
        }

        return sql;
    }

    /// <summary>The text of a file in <c>Checks</c>.</summary>
    public static string Read(string name) => SqlResource.Read($"{typeof(DomainChecks).Namespace}.Checks.{name}.sql");

    private static IEnumerable<string> Keys(TableDefinition table) =>
        table.Companions.Select(companion => Key(companion.Name, companion.Key)).Prepend(Key(table.Name, table.Key));

    private static string Key(string table, IReadOnlyList<string> columns)
    {
        var key = string.Join(", ", columns);
        return $"SELECT concat_ws(' ', '{table}', {key}) AS key FROM {table} GROUP BY {key} HAVING count(*) > 1";
    }

    private static IEnumerable<string> Links(TableDefinition table) =>
        table.Companions.Where(companion => companion.HasEntry).Select(companion => companion.Name).Prepend(table.Name)
            .Select(name =>
                $"SELECT '{table.Name}' AS owner, '{name}' AS name, events_id, device_assignment_id, log_position, "
                + $"{table.CodesOfRow} AS codes FROM {name}");

    private static IEnumerable<string> Times(bool isEntrys) =>
        from table in Tables
        from time in table.Times
        where time.Expected is null == isEntrys
        select isEntrys ? Time(table.Name, time) : Wrong(table.Name, time);

    private static string Time(string table, TimeColumn time) =>
        $"SELECT '{table}' AS owner, '{table}.{time.Name}' AS name, device_assignment_id, log_position, "
        + $"{time.Position} AS place, {time.Name} AS moment FROM {table}";

    private static string Wrong(string table, TimeColumn time) =>
        $"SELECT '{table}', '{table}.{time.Name}', row.device_assignment_id, row.log_position, "
        + $"row.{time.Position}, row.{time.Name} FROM {table} AS row LEFT JOIN events AS entry "
        + $"ON entry.device_assignment_id = row.device_assignment_id AND entry.log_position = row.{time.Position} "
        + $"WHERE row.{time.Name} IS DISTINCT FROM {time.Expected}";
}
