using Dapper;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;
using TandemFetch.Engine.Tables.Profiles;

namespace TandemFetch.Engine.Integrity;

/// <summary>
/// Derives a table a second time and compares it row by row with the stored one. The same derivation is used: temporary
/// tables with the same names hide those of the file, so the derivation writes to them, while it reads all other tables
/// from the file. Nothing is written to the file.
/// </summary>
/// <param name="database">An open file whose connection has the macros and the versions of the current rules.</param>
internal sealed class SecondDerivation(TandemDatabase database)
{
    /// <summary>The temporary table with the keys of rows that differ.</summary>
    public const string Findings = "differing_rows";

    // What derivations write besides their own tables.
    private const string ChangedDays = "bookkeeping.changed_days";

    private readonly Dictionary<string, IReadOnlyList<Stretch>> _stretches = [];
    private string? _file;

    /// <summary>Stores in <see cref="Findings"/> the rows of a table that differ from what is derived now.</summary>
    public void Find(TableDefinition table, CancellationToken cancellationToken)
    {
        database.Execute($"CREATE OR REPLACE TEMP TABLE {Findings} (key VARCHAR)");

        // As in DeriveStage: DuckDB would assume that the temporary tables are tiny and compare each row with every
        // other.
        database.Execute("SET asof_loop_join_threshold = 0");
        List<string> shadows = [.. table.Tables, ChangedDays];
        var pumps = table.IsDerived ? Settled(table) : [];
        try
        {
            foreach (var name in shadows)
            {
                database.Execute($"CREATE TEMP TABLE {SqlText.Unqualified(name)} AS FROM {Stored(name)} LIMIT 0");
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
                database.Execute($"DROP TABLE IF EXISTS temp.main.{SqlText.Unqualified(name)}");
            }
        }
    }

    /// <summary>A table of the file, which is the current database under whatever name.</summary>
    private string Stored(string table)
    {
        _file ??= database.Scalar<string>("SELECT current_database()");
        return $"{SqlText.Identifier(_file)}.{(table.Contains('.', StringComparison.Ordinal) ? "" : "main.")}{table}";
    }

    /// <summary>
    /// The derivation, which writes to the temporary tables: these hide tables of the same name in <c>main</c>, and
    /// replace those of another schema.
    /// </summary>
    private static string ShadowedDerivation(TableDefinition table) => table.Tables.Append(ChangedDays).Aggregate(
        table.Derivation, (sql, name) => sql.Replace(name, SqlText.Unqualified(name), StringComparison.Ordinal));

    private void Derive(TableDefinition table, PumpRow pump, CancellationToken cancellationToken)
    {
        var derivation = ShadowedDerivation(table);
        var stretches = StretchesOf(pump.DeviceAssignmentId);
        foreach (var stretch in stretches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            database.Execute(derivation, Parameters(pump, stretch.First, stretch.LastEntry));
        }

        if (table.IsByDay)
        {
            Compare(table, "device_assignment_id = $device", Parameters(pump, 0, 0));
            return;
        }

        // Not earlier, because a range also changes rows of earlier ranges.
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
        if (database.Scalar<bool>(Fill("same_rows"), parameters))
        {
            return;
        }

        var columns = database.Query<string>(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = $table AND database_name = current_database() "
            + $"AND schema_name IN ('main', '{SqlText.BookkeepingSchema}')",
            new { table = SqlText.Unqualified(name) });
        database.Execute(
            Fill("differing_rows")
                .Replace("{key}", Join(", ", key, "coalesce(stored.{0}, again.{0})"), StringComparison.Ordinal)
                .Replace("{same_key}", Join(" AND ", key, "stored.{0} = again.{0}"), StringComparison.Ordinal)
                .Replace(
                    "{other_values}",
                    Join(" OR ", columns, "stored.{0} IS DISTINCT FROM again.{0}"),
                    StringComparison.Ordinal),
            parameters);

        string Fill(string statement) => DomainChecks.Read(statement)
            .Replace("{again}", SqlText.Unqualified(name), StringComparison.Ordinal)
            .Replace("{stored}", Stored(name), StringComparison.Ordinal)
            .Replace("{part}", part, StringComparison.Ordinal);
    }

    private static string Join(string separator, IEnumerable<string> columns, string form) =>
        string.Join(separator, columns.Select(column => form.Replace("{0}", column, StringComparison.Ordinal)));

    private List<PumpRow> Settled(TableDefinition table)
    {
        var sql = DomainChecks.Read("settled_pumps")
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
