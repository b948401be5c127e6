namespace TandemFetch.Engine.Storage;

/// <summary>Brings a file to the schema of this version, or says why that cannot be.</summary>
internal static class Schema
{
    /// <summary>
    /// Rows of a row group: what a transaction writes as such goes to the file compressed, past the write-ahead log. DuckDB's own size is six times
    /// that, 40 MB of log each, of which every stage would hold one or two.
    /// </summary>
    public const int RowGroup = 20_480;

    /// <summary>What an appending transaction should hold, half a million rows: each takes some blocks of the file that it does not fill.</summary>
    public const int RowsPerTransaction = 24 * RowGroup;

    public static void Ensure(TandemDatabase database, DatabaseAccess access, bool isNew)
    {
        var version = VersionOf(database, isNew);
        if (version > Migration.Newest)
        {
            throw new TandemException(
                DatabaseErrors.Newer,
                TandemErrorKind.InvalidData,
                $"'{database.Path}' has schema version {version}, and this module knows up to {Migration.Newest}. "
                + "Update the module; the file was left as it is.",
                database.Path);
        }

        if (version == Migration.Newest)
        {
            return;
        }

        if (access == DatabaseAccess.Read)
        {
            throw new TandemException(
                DatabaseErrors.Older,
                TandemErrorKind.InvalidData,
                $"'{database.Path}' has schema version {version}, and this module reads {Migration.Newest}. "
                + "Invoke-TandemBackfill brings it up to date.",
                database.Path);
        }

        database.InTransaction(() =>
        {
            Migrate(database, version);
            if (isNew)
            {
                MakeTables(database);
            }
        });
    }

    /// <summary>
    /// Puts the domain tables of a new file, which the steps of old files have made, into the form that their own
    /// scripts give them.
    /// </summary>
    private static void MakeTables(TandemDatabase database)
    {
        foreach (var script in TableScript.All)
        {
            foreach (var table in script.Tables)
            {
                database.Execute($"DROP TABLE {table}");
            }

            database.Execute(script.Sql);
        }
    }

    private static int VersionOf(TandemDatabase database, bool isNew)
    {
        if (isNew)
        {
            return 0;
        }

        var tables = database.Query<string>("SELECT table_name FROM duckdb_tables()");
        if (tables.Contains("schema_migrations"))
        {
            return database.Scalar<int?>("SELECT max(version) FROM schema_migrations") ?? 0;
        }

        return tables.Count == 0
            ? 0
            : throw new TandemException(
                DatabaseErrors.Foreign,
                TandemErrorKind.InvalidData,
                $"'{database.Path}' is a DuckDB database of another program: it has tables, but none of this module's. "
                + "Name another file with -Database; this one was left as it is.",
                database.Path);
    }

    private static void Migrate(TandemDatabase database, int version)
    {
        database.Execute(
            "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER NOT NULL, name VARCHAR, applied TIMESTAMPTZ)");
        foreach (var migration in Migration.All.Where(step => step.Version > version))
        {
            database.Execute(migration.Sql);
            database.Execute(
                "INSERT INTO schema_migrations VALUES ($Version, $Name, now())",
                new { migration.Version, migration.Name });
        }
    }
}
