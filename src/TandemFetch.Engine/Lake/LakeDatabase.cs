using System.Globalization;
using DuckDB.NET.Data;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Lake;

/// <summary>
/// A lake as a database that can be read: a DuckDB in memory with a view of the files for each table, so that every
/// command that reads a database reads a lake in the same way.
/// </summary>
public static class LakeDatabase
{
    // The newest entry stands for the events, which are not in the lake.
    private const string EntryTimes = "(SELECT device_assignment_id, newest_entry AS timestamp FROM pumps)";

    /// <summary>Opens a lake, or the part of it that belongs to some pumps.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="pumps">The pumps as the lake names them; empty for all.</param>
    /// <param name="warn">Receives a warning if the publication of a pump has not been completed.</param>
    /// <param name="threads">How many threads DuckDB uses; null for all processors.</param>
    /// <exception cref="TandemException">One of <see cref="LakeErrors"/>, or <c>PumpUnknown</c>.</exception>
    public static TandemDatabase Open(
        LakeFolder lake, IReadOnlyCollection<string> pumps, Action<string> warn, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(lake);
        ArgumentNullException.ThrowIfNull(pumps);
        ArgumentNullException.ThrowIfNull(warn);
        lake.Require();
        return OpenListed(lake, Manifests(lake, pumps), warn, threads);
    }

    /// <summary>
    /// Opens the glucose readings of one pump and nothing else, on one thread, for work on many pumps.
    /// </summary>
    /// <param name="lake">The lake.</param>
    /// <param name="pump">The pump as the lake names it.</param>
    /// <param name="warn">Receives a warning if the publication of the pump has not been completed.</param>
    /// <exception cref="TandemException">One of <see cref="LakeErrors"/>, or <c>PumpUnknown</c>.</exception>
    public static TandemDatabase OpenReadings(LakeFolder lake, string pump, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(lake);
        ArgumentNullException.ThrowIfNull(pump);
        ArgumentNullException.ThrowIfNull(warn);
        return OpenListed(lake, Manifests(lake, [pump]), warn, threads: 1, tables: ["cgm_readings", "pumps"]);
    }

    /// <summary>Opens the list of the pumps and nothing else, which takes much less time than all tables.</summary>
    /// <param name="lake">The lake.</param>
    /// <exception cref="TandemException">One of <see cref="LakeErrors"/>.</exception>
    public static TandemDatabase OpenPumps(LakeFolder lake)
    {
        ArgumentNullException.ThrowIfNull(lake);
        lake.Require();
        return OpenListed(lake, Manifests(lake, []), _ => { }, tables: ["pumps"]);
    }

    /// <summary>Opens the part of a lake that some manifests list.</summary>
    internal static TandemDatabase OpenListed(
        LakeFolder lake,
        IReadOnlyList<PumpManifest> manifests,
        Action<string> warn,
        int? threads = null,
        IReadOnlyList<string>? tables = null)
    {
        foreach (var manifest in manifests.Where(manifest => manifest.Replacing.Count > 0))
        {
            warn($"The publication of pump {manifest.Pump} was not completed, so that "
                + $"{string.Join(", ", manifest.Replacing)} may have old or new rows. Publish the pump again.");
        }

        var file = SharedDatabase.OfMemory(Connect(threads ?? Environment.ProcessorCount));
        var database = new TandemDatabase(file, file.Join(), lake.Path) { EntryTimes = EntryTimes };
        try
        {
            Fill(database, lake, manifests, tables);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The names of the pumps of a lake, in order.</summary>
    /// <param name="lake">The lake.</param>
    /// <exception cref="TandemException">One of <see cref="LakeErrors"/>.</exception>
    public static IReadOnlyList<string> Pumps(LakeFolder lake)
    {
        ArgumentNullException.ThrowIfNull(lake);
        lake.Require();
        return [.. Manifests(lake, []).Select(manifest => manifest.Pump).Order(StringComparer.Ordinal)];
    }

    private static List<PumpManifest> Manifests(LakeFolder lake, IReadOnlyCollection<string> pumps)
    {
        if (pumps.Count == 0)
        {
            return
            [
                .. lake.Keys()
                    .Select(key => (Key: key, Manifest: LakeJson.Read<PumpManifest>(lake.ManifestOf(key))))

                    // A copy that a program for synchronization has left would list the files once more.
                    .Where(found => found.Manifest is not null && LakeFolder.KeyOf(found.Manifest.Pump) == found.Key)
                    .Select(found => found.Manifest!),
            ];
        }

        var found = pumps.Distinct()
            .Select(pump => LakeJson.Read<PumpManifest>(lake.ManifestOf(LakeFolder.KeyOf(pump))))
            .OfType<PumpManifest>()
            .Where(manifest => pumps.Contains(manifest.Pump))
            .ToList();
        if (found.Count < pumps.Distinct().Count())
        {
            PumpSerials.Check(pumps, Pumps(lake));
        }

        return found;
    }

    private static DuckDBConnection Connect(int threads)
    {
        var settings = new DuckDBConnectionStringBuilder
        {
            ["DataSource"] = WritableAttachment.InMemory,
            ["autoinstall_known_extensions"] = "false",
            ["memory_limit"] = MemoryLimit.OfQueries,
            ["threads"] = threads.ToString(CultureInfo.InvariantCulture),

            // Otherwise it would be a folder under the current location.
            ["temp_directory"] = Path.Join(Path.GetTempPath(), $"tandemfetch-{Guid.NewGuid():N}.tmp"),
        };
        var connection = new DuckDBConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Fill(
        TandemDatabase database,
        LakeFolder lake,
        IReadOnlyList<PumpManifest> manifests,
        IReadOnlyList<string>? tables)
    {
        database.Execute(LakeStatements.Read("bookkeeping"));
        SaveZones(database, manifests);
        if (tables is null)
        {
            tables = [.. TablesOf(lake, manifests)];
            foreach (var script in TableScript.All.Where(script => !script.Tables.Any(tables.Contains)))
            {
                database.Execute(script.Sql);
            }
        }

        if (tables.Count > 0)
        {
            database.Execute(string.Join('\n', tables.Select(table => View(lake, table, manifests))));
        }
    }

    /// <summary>The tables that the lake describes, and those of which a pump has rows.</summary>
    internal static IEnumerable<string> TablesOf(LakeFolder lake, IReadOnlyList<PumpManifest> manifests) =>
        lake.TableNames()
            .Union(manifests.SelectMany(manifest =>
                manifest.Tables.Where(table => table.Value.Rows > 0).Select(table => table.Key)))
            .Order(StringComparer.Ordinal);

    /// <summary>Gives the tables of an open lake their descriptions, for those who list them.</summary>
    /// <param name="database">An open lake.</param>
    public static void Describe(TandemDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        var lake = new LakeFolder(database.Path);
        var tables = lake.TableNames().Select(table => LakeJson.Read<TableDescription>(lake.DescriptionOf(table))!);
        database.Execute(string.Join('\n', tables.SelectMany(Comments)));
    }

    private static IEnumerable<string> Comments(TableDescription table)
    {
        var view = SqlText.Identifier(table.Table);
        yield return $"COMMENT ON VIEW {view} IS {SqlText.Literal(table.Description ?? "")};";
        foreach (var column in table.Columns)
        {
            yield return $"COMMENT ON COLUMN {view}.{SqlText.Identifier(LakeColumn.NameInDatabase(column.Name))} IS "
                + $"{SqlText.Literal(column.Description ?? "")};";
        }
    }

    /// <summary>The zones as the publishers used them; of different versions of one, the newest.</summary>
    private static void SaveZones(TandemDatabase database, IReadOnlyList<PumpManifest> manifests)
    {
        foreach (var zone in manifests.GroupBy(manifest => manifest.TimeZone))
        {
            var newest = zone.MaxBy(manifest => VersionOf(manifest.ZoneDatabase))!;
            var changes = newest.UtcOffsets.Select(change => new ZoneChange(change[0], (int)change[1]));
            ZoneTable.Store(database, new ZoneOffsets(zone.Key, changes));
        }
    }

    private static Version VersionOf(string duckDb) =>
        Version.TryParse(duckDb.TrimStart('v').Split('-')[0], out var version) ? version : new Version(0, 0);

    private static string View(LakeFolder lake, string table, IReadOnlyList<PumpManifest> manifests)
    {
        // A table without its description must not look like one without rows.
        var description = LakeJson.Read<TableDescription>(lake.DescriptionOf(table)) ?? throw new TandemException(
            LakeErrors.Invalid,
            TandemErrorKind.InvalidData,
            $"'{lake.DescriptionOf(table)}', a part of the lake, is missing. Publish a pump again, or restore the file "
            + "from a backup.",
            lake.DescriptionOf(table));
        var files = manifests
            .Where(manifest => manifest.Tables.GetValueOrDefault(table) is { Rows: > 0 } || IsUncertain(manifest))
            .Select(manifest => lake.FileOf(table, LakeFolder.KeyOf(manifest.Pump)))
            .Prepend(lake.EmptyFileOf(table))
            .Select(ParquetFile.Literal);

        // The files of all pumps have the columns of the first one unless a version has added some.
        var isMixed = manifests.Any(manifest => manifest.SchemaVersion != description.SchemaVersion);
        var columns = description.Columns.Select(column =>
            $"{SqlText.Identifier(column.Name)} AS {SqlText.Identifier(LakeColumn.NameInDatabase(column.Name))}");
        return $"CREATE VIEW {SqlText.Identifier(table)} AS SELECT {string.Join(", ", columns)} FROM read_parquet("
            + $"[{string.Join(", ", files)}], hive_partitioning = false, "
            + $"union_by_name = {(isMixed ? "true" : "false")});";

        bool IsUncertain(PumpManifest manifest) => manifest.Replacing.Contains(table)
            && File.Exists(lake.FileOf(table, LakeFolder.KeyOf(manifest.Pump)));
    }
}
