using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Schema;

/// <summary>Updates a file to this version's schema, or reports why that is impossible.</summary>
internal static class SchemaVersion
{
    public static void Ensure(TandemDatabase database, DatabaseAccess access, bool isNew)
    {
        var version = VersionOf(database, isNew);
        if (version > Migration.Newest)
        {
            throw new TandemException(
                DatabaseErrors.Newer,
                TandemErrorKind.InvalidData,
                $"'{database.Path}' has schema version {version}, but this module supports versions up to {Migration.Newest}. "
                + "Update the module; the file was left unchanged.",
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
                $"'{database.Path}' has schema version {version}, but this module reads version {Migration.Newest}. "
                + "Invoke-TandemBackfill updates it.",
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
    /// Replaces the domain tables of a new file, which the steps for old files have created, with those of their own
    /// scripts.
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

        if (Steps(database) is { } steps)
        {
            using var newest = new ColumnReader(database, $"SELECT coalesce(max(version), 0)::INTEGER FROM {steps}");
            newest.NextChunk();
            return newest.Int32(0, 0);
        }

        return database.Scalar<long>("SELECT count(*) FROM duckdb_tables()") == 0
            ? 0
            : throw new TandemException(
                DatabaseErrors.Foreign,
                TandemErrorKind.InvalidData,
                $"'{database.Path}' is a DuckDB database of another program: it has tables, but none of TandemFetch. "
                + "Specify another file with -Database; this one was left unchanged.",
                database.Path);
    }

    private static void Migrate(TandemDatabase database, int version)
    {
        if (version == 0)
        {
            // The first step describes it, and a later one moves it.
            database.Execute(
                "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER NOT NULL, name VARCHAR, applied TIMESTAMPTZ)");
        }

        foreach (var migration in Migration.All.Where(step => step.Version > version))
        {
            database.Execute(migration.Sql);
            database.Execute(
                $"INSERT INTO {Steps(database)} VALUES ($Version, $Name, now())", new { migration.Version, migration.Name });
        }
    }

    /// <summary>The table of the steps that a file has gone through; older files have it in <c>main</c>.</summary>
    private static string? Steps(TandemDatabase database)
    {
        using var found = new ColumnReader(
            database,
            "SELECT concat_ws('.', schema_name, table_name) FROM duckdb_tables() "
            + "WHERE table_name = 'schema_migrations' "
            + $"AND schema_name IN ('main', '{SqlText.BookkeepingSchema}') AND database_name = current_database()");
        return found.NextChunk() ? found.Text(0, 0) : null;
    }
}
