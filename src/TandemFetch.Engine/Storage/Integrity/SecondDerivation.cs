using Dapper;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Tables;
using TandemFetch.Engine.Tables.Profiles;

namespace TandemFetch.Engine.Storage.Integrity;

/// <summary>
/// Derives a table a second time and compares it row by row with what the file holds. The derivation is the very one that
/// wrote the table: temporary tables of the same names stand before those of the file, so that it writes into them,
/// while it reads all other tables from the file. Nothing is written into the file.
/// </summary>
/// <param name="database">An open file whose connection has the macros and the versions of the current rules.</param>
internal sealed class SecondDerivation(TandemDatabase database)
{
    /// <summary>The temporary table with the keys of rows that differ.</summary>
    public const string Findings = "differing_rows";

    // What derivations write besides their own tables.
    private const string ChangedDays = "changed_days";

    private readonly Dictionary<string, IReadOnlyList<Stretch>> _stretches = [];

    /// <summary>Lists the rows of a table that are not as they are derived now in <see cref="Findings"/>.</summary>
    public void Find(TableDefinition table, CancellationToken cancellationToken)
    {
        database.Execute($"CREATE OR REPLACE TEMP TABLE {Findings} (key VARCHAR)");

        // As DeriveStage does: DuckDB would take the temporary tables for tiny and compare each row with each.
        database.Execute("SET asof_loop_join_threshold = 0");
        List<string> shadows = [.. table.Tables, ChangedDays];
        var pumps = table.IsDerived ? Settled(table) : [];
        try
        {
            foreach (var name in shadows)
            {
                database.Execute($"CREATE TEMP TABLE {name} AS FROM {Stored}.{name} LIMIT 0");
            }

            if (!table.IsDerived)
            {
                DeriveProfiles(cancellationToken);
                Compare(table, "true", new DynamicParameters());
            }

            foreach (var pump in pumps)
            {
                Derive(table, pump, cancellationToken);
            }
        }
        finally
        {
            foreach (var name in shadows)
            {
                database.Execute($"DROP TABLE IF EXISTS temp.main.{name}");
            }
        }
    }

    /// <summary>The file among what is attached; it is the current database under whatever name.</summary>
    private string Stored => field ??= database.Scalar<string>(
        "SELECT concat('\"', replace(current_database(), '\"', '\"\"'), '\".', current_schema())");

    private void Derive(TableDefinition table, PumpRow pump, CancellationToken cancellationToken)
    {
        var stretches = StretchesOf(pump.DeviceAssignmentId);
        foreach (var stretch in stretches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            database.Execute(table.Derivation, Parameters(pump, stretch.First, stretch.LastEntry));
        }

        if (table.IsByDay)
        {
            Compare(table, "device_assignment_id = $device", Parameters(pump, 0, 0));
            return;
        }

        // Only now: a stretch also changes rows of the ones before it.
        foreach (var stretch in stretches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Compare(
                table,
                "device_assignment_id = $device AND log_position BETWEEN $first AND $last",
                Parameters(pump, stretch.First, stretch.Last));
        }
    }

    private void DeriveProfiles(CancellationToken cancellationToken)
    {
        foreach (var id in database.Query<long>("SELECT id FROM pump_settings ORDER BY id"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            database.Execute(ProfilesTable.Save, new { id });
        }
    }

    private void Compare(TableDefinition table, string part, DynamicParameters parameters)
    {
        Compare(table.Name, table.Key, part, parameters);
        foreach (var companion in table.Companions)
        {
            Compare(companion.Name, companion.Key, part, parameters);
        }
    }

    private void Compare(string name, IReadOnlyList<string> key, string part, DynamicParameters parameters)
    {
        var columns = database.Query<string>(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = $name AND database_name = current_database()",
            new { name });
        database.Execute(
            DomainChecks.Read("differing_rows")
                .Replace("{table}", name, StringComparison.Ordinal)
                .Replace("{stored}", Stored, StringComparison.Ordinal)
                .Replace("{part}", part, StringComparison.Ordinal)
                .Replace("{key}", Join(", ", key, "coalesce(stored.{0}, again.{0})"), StringComparison.Ordinal)
                .Replace("{same_key}", Join(" AND ", key, "stored.{0} = again.{0}"), StringComparison.Ordinal)
                .Replace(
                    "{other_values}",
                    Join(" OR ", columns, "stored.{0} IS DISTINCT FROM again.{0}"),
                    StringComparison.Ordinal),
            parameters);
    }

    private static string Join(string separator, IEnumerable<string> columns, string form) =>
        string.Join(separator, columns.Select(column => form.Replace("{0}", column, StringComparison.Ordinal)));

    private List<PumpRow> Settled(TableDefinition table)
    {
        var sql = DomainChecks.Read("settled_pumps")
            .Replace("{waiting}", DomainChecks.Read("waiting").Trim(), StringComparison.Ordinal)
            .Replace("$tables", Inputs(table), StringComparison.Ordinal);
        var settled = database.Query<string>(sql).ToHashSet();
        return [.. new PumpStore(database).All().Where(pump => settled.Contains(pump.DeviceAssignmentId))];
    }

    private static string Inputs(TableDefinition table) => table.Source switch
    {
        TableSource.DomainTables => "NULL::VARCHAR[]",
        TableSource.TherapyEntries => $"['{table.Name}', '{DomainTables.TherapyEntries.Name}']",
        _ => $"['{table.Name}']",
    };

    private IReadOnlyList<Stretch> StretchesOf(string device)
    {
        if (!_stretches.TryGetValue(device, out var stretches))
        {
            stretches = database.Query<Stretch>(DomainChecks.Read("stretches"), new { device });
            _stretches.Add(device, stretches);
        }

        return stretches;
    }

    private static DynamicParameters Parameters(PumpRow pump, long first, long last)
    {
        var parameters = new DynamicParameters();
        parameters.Add("device", pump.DeviceAssignmentId);
        parameters.Add("zone", pump.TimeZone);
        parameters.Add("first", first);
        parameters.Add("last", last);
        return parameters;
    }

    private sealed record Stretch(long First, long Last, long LastEntry);
}
