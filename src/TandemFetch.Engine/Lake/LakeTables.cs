using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;

namespace TandemFetch.Engine.Lake;

/// <summary>
/// The tables of a lake: those of a database that users read, and those that are ready to be analyzed.
/// </summary>
/// <param name="session">A connection on which the tables to be computed have been created.</param>
/// <param name="pseudonyms">Whether the lake has pseudonyms.</param>
/// <param name="weeks">By how many weeks dates move into the past.</param>
internal sealed class LakeTables(TandemDatabase session, bool pseudonyms, int weeks)
{
    /// <summary>What people wrote, and what identifies them by itself: left out of a lake with pseudonyms.</summary>
    private static readonly string[] Personal = ["profile_segments", "profiles", "pump_settings"];

    /// <summary>Tables of the database that are not derived from the log, with their keys.</summary>
    private static readonly Dictionary<string, string[]> Others = new()
    {
        ["clock_spans"] = ["device_assignment_id", "first_position"],
        ["pump_settings"] = ["id"],
        ["pumps"] = ["device_assignment_id"],
    };

    /// <summary>The tables that are computed, with what their rows depend on and their keys.</summary>
    private static readonly Dictionary<string, (string[] From, string[] Key)> Computed = new()
    {
        ["basal_rates"] = (["basal_deliveries", "pumps"], ["id"]),
        ["bolus_doses"] = (["boluses", "pumps"], ["id"]),
        ["daily_metrics"] = (
            [
                "basal_deliveries", "boluses", "cgm_readings", "daily_totals", "pumps", "site_changes", "suspensions",
                "user_modes",
            ],
            ["day"]),
        ["glucose_values"] = (["cgm_readings", "pumps"], ["timestamp"]),
    };

    private const string ComputedPrefix = "lake_";
    private const string Device = "device_assignment_id";

    /// <summary>All tables, those that are computed last.</summary>
    public IReadOnlyList<LakeTable> All()
    {
        var columns = session.Query<ColumnRow>(LakeStatements.Read("columns")).ToLookup(row => row.TableName);
        return
        [
            .. Stored().Where(table => !pseudonyms || !Personal.Contains(table.Name))
                .Select(table => Of(table.Name, table.Name, table.Key, [.. columns[table.Name]])),
            .. Computed.Select(table => OfSession(table.Key, [.. columns[ComputedPrefix + table.Key]])),
        ];
    }

    private static IEnumerable<(string Name, string[] Key)> Stored() =>
        DomainTables.All
            .SelectMany(table => table.Companions
                .Select(companion => (companion.Name, Key: (string[])[.. companion.Key]))
                .Prepend((table.Name, [.. table.Key])))
            .Where(table => !SqlText.IsBookkeeping(table.Name))
            .Concat(Others.Select(table => (table.Key, table.Value)))
            .OrderBy(table => table.Item1, StringComparer.Ordinal);

    private LakeTable OfSession(string name, IReadOnlyList<ColumnRow> columns)
    {
        var (from, key) = Computed[name];
        var table = Of(name, ComputedPrefix + name, key, columns);
        return table with
        {
            Columns = [.. table.Columns.Where(column => column.Name != Device)],
            ComputedFrom = from,
        };
    }

    private LakeTable Of(string name, string source, string[] key, IReadOnlyList<ColumnRow> columns)
    {
        var times = columns.Select(column => column.ColumnName).Intersect(["timestamp", "day"]).ToList();
        return new LakeTable(
            name,
            columns[0].TableComment,
            source,
            [LakeColumn.Pump, .. columns.Select(Of), .. name == "pumps" ? [NewestEntry()] : Array.Empty<LakeColumn>()],
            [.. times, .. key.Except(times)],
            key);
    }

    private LakeColumn Of(ColumnRow column)
    {
        var value = $"t.{SqlText.Identifier(column.ColumnName)}";
        return new LakeColumn(
            LakeColumn.NameInLake(column.ColumnName, column.DataType),
            column.DataType == "JSON" ? "VARCHAR" : column.DataType,
            column.ColumnComment,
            (column.ColumnName, column.DataType) switch
            {
                (Device, _) => "p.device",
                ("serial_number", _) => "p.serial",
                (_, "JSON") => $"{value}::VARCHAR",
                (_, "DATE" or "TIMESTAMP" or "TIMESTAMP WITH TIME ZONE") => Shifted(value, column.DataType),
                _ => value,
            });
    }

    /// <summary>Up to when a delivery that lasts is known to have lasted; the events themselves are not in the lake.
    /// </summary>
    private LakeColumn NewestEntry() => new(
        "newest_entry",
        "TIMESTAMP WITH TIME ZONE",
        "The newest entry of the log whose true time is known.",
        Shifted(
            "(SELECT max(e.timestamp) FROM events AS e WHERE e.device_assignment_id = t.device_assignment_id)",
            "TIMESTAMP WITH TIME ZONE"));

    private string Shifted(string value, string type) =>
        weeks == 0 ? value
        : type == "DATE" ? $"{value} - {7 * weeks}"
        : $"{value} - to_hours({7 * 24 * weeks})";

    private sealed record ColumnRow(
        string TableName, string? TableComment, string ColumnName, string DataType, string? ColumnComment);
}
