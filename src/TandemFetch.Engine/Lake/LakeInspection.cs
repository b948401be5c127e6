using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Lake;

/// <summary>
/// Checks that a lake is complete and consistent: manifests, files, checksums, rows, keys and totals. It only reads.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="observer">Receives progress and messages.</param>
public sealed class LakeInspection(LakeFolder lake, IRunObserver observer)
{
    private const string Activity = "Test lake";
    private const int Samples = 5;

    // Keys and order are checked in memory, which must not grow with the number of pumps.
    private const int FilesAtOnce = 20;

    private static readonly string[] TotalsAndReadings = ["cgm_readings", "daily_totals"];

    private readonly List<PumpManifest> _manifests = [];
    private readonly List<string> _unreadable = [];
    private readonly List<string> _missing = [];
    private readonly List<string> _changed = [];
    private readonly List<ListedFile> _files = [];

    /// <summary>Runs the checks, one result each.</summary>
    /// <param name="cancellationToken">Stops the running check.</param>
    /// <exception cref="TandemException">
    /// One of <see cref="LakeErrors"/>: there is no lake that can be read.
    /// </exception>
    public IEnumerable<IntegrityCheck> Run(CancellationToken cancellationToken)
    {
        lake.Require();
        ReadManifests();
        var tables = ReadTables();
        CheckFiles(cancellationToken);
        yield return Fault(
            "manifests",
            "Each manifest has the name of its pump; it can be read, and so can the description and the empty file of "
            + "each table.",
            _unreadable);
        yield return Fault(
            "publications",
            "No publication has been interrupted; the next one of the pump completes it.",
            _manifests.Where(manifest => manifest.Replacing.Count > 0).Select(manifest => manifest.Pump));
        yield return Fault("missing_files", "Each file that a manifest lists exists.", _missing);
        yield return Fault("changed_files", "Each file has the size and the checksum of its manifest.", _changed);
        yield return Fault(
            "unlisted_files", "The folders of the tables contain only files that a manifest lists.", Unlisted(tables));

        using var database = LakeDatabase.OpenListed(
            lake, [.. _manifests.Select(Trusted)], _ => { }, tables: [.. tables.Select(table => table.Table)]);
        using var interrupt = database.InterruptOn(cancellationToken);
        using var limit = database.LimitMemory(MemoryLimit.OfChecks);
        var found = LakeQuestion.OfRows.ToDictionary(question => question, _ => new List<string>());
        for (var index = 0; index < tables.Count; index++)
        {
            observer.Progress(new RunProgress(Activity, tables[index].Table, index, tables.Count, null));
            foreach (var files in _files.Where(file => file.Table == tables[index].Table).Chunk(FilesAtOnce))
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var (question, keys) in found)
                {
                    keys.AddRange(question.Ask(database, lake, tables[index], files));
                }
            }
        }

        foreach (var (question, keys) in found)
        {
            yield return Fault(question.Name, question.Description, keys);
        }

        yield return Fault(
            "daily_totals",
            "The readings of the days in daily_totals are those in cgm_readings.",
            TotalsAndReadings.All(name => tables.Any(table => table.Table == name))
                ? database.Query<string>(LakeStatements.Read("Faults.daily_totals"))
                : []);
        yield return Note(
            "zone_databases",
            "All pumps of a time zone were published with the same data of the zone.",
            _manifests.GroupBy(manifest => manifest.TimeZone)
                .Where(zone => zone.Select(manifest => manifest.ZoneDatabase).Distinct().Count() > 1)
                .Select(zone => zone.Key));
        yield return Note(
            "schema_versions",
            "All pumps were published with the same schema version.",
            _manifests.Select(manifest => manifest.SchemaVersion).Distinct().Skip(1)
                .Select(version => $"version {version}"));
        yield return Note(
            "staged_files",
            "No killed publication has left files, which the next one of the pump removes.",
            Directory.Exists(lake.Staging)
                ? Directory.EnumerateDirectories(lake.Staging).Select(Path.GetFileName)
                : []);
        observer.Progress(new RunProgress(Activity, "Done", tables.Count, tables.Count, null));
    }

    private List<TableDescription> ReadTables()
    {
        using var database = LakeDatabase.OpenListed(lake, [], _ => { }, tables: []);
        var tables = new List<TableDescription>();
        foreach (var table in LakeDatabase.TablesOf(lake, _manifests))
        {
            var path = lake.DescriptionOf(table);
            if (!File.Exists(path))
            {
                _unreadable.Add(Path.GetFileName(path));
            }
            else if (Read<TableDescription>(path) is { } description)
            {
                if (ParquetFile.IsReadable(database, lake.EmptyFileOf(table)))
                {
                    tables.Add(description);
                }
                else
                {
                    _unreadable.Add(Path.GetFileName(lake.EmptyFileOf(table)));
                }
            }
        }

        return tables;
    }

    private void ReadManifests()
    {
        foreach (var key in lake.Keys())
        {
            if (Read<PumpManifest>(lake.ManifestOf(key)) is not { } manifest)
            {
                continue;
            }

            if (LakeFolder.KeyOf(manifest.Pump) == key)
            {
                _manifests.Add(manifest);
            }
            else
            {
                // Such as a copy that a program for synchronization has left.
                _unreadable.Add(key + ".json");
            }
        }
    }

    private T? Read<T>(string path)
        where T : class
    {
        try
        {
            return LakeJson.Read<T>(path);
        }
        catch (TandemException failure) when (failure.ErrorId == LakeErrors.Invalid)
        {
            _unreadable.Add(Path.GetFileName(path));
            return null;
        }
    }

    private void CheckFiles(CancellationToken cancellationToken)
    {
        for (var index = 0; index < _manifests.Count; index++)
        {
            var manifest = _manifests[index];
            observer.Progress(new RunProgress(Activity, $"Files of {manifest.Pump}", index, _manifests.Count, null));
            foreach (var (table, listed) in manifest.Tables.Where(file => file.Value.Rows > 0))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var path = lake.FileOf(table, LakeFolder.KeyOf(manifest.Pump));
                var name = Path.GetRelativePath(lake.Path, path);
                if (!File.Exists(path))
                {
                    _missing.Add(name);
                }
                else if (!LakeFiles.IsAsListed(path, listed))
                {
                    _changed.Add(name);
                }
                else
                {
                    _files.Add(new ListedFile(table, manifest.Pump, path, listed.Rows, manifest.SchemaVersion));
                }
            }
        }
    }

    /// <summary>A manifest without the files that are missing or changed, which cannot be read.</summary>
    private PumpManifest Trusted(PumpManifest manifest)
    {
        var tables = _files.Where(file => file.Pump == manifest.Pump).Select(file => file.Table).ToHashSet();
        return manifest with
        {
            Tables = new(
                manifest.Tables.Where(table => tables.Contains(table.Key)).ToDictionary(), StringComparer.Ordinal),
            Replacing = [],
        };
    }

    private List<string> Unlisted(List<TableDescription> tables)
    {
        var listed = _manifests
            .SelectMany(manifest => manifest.Tables.Where(file => file.Value.Rows > 0).Select(file => file.Key)
                .Concat(manifest.Replacing)
                .Select(table => lake.FileOf(table, LakeFolder.KeyOf(manifest.Pump))))
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. tables.Select(table => lake.FolderOf(table.Table)).Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                .Where(file => !listed.Contains(file))
                .Select(file => Path.GetRelativePath(lake.Path, file))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static IntegrityCheck Fault(string name, string description, IEnumerable<string?> keys) =>
        Check(name, description, keys, IntegritySeverity.Fault);

    private static IntegrityCheck Note(string name, string description, IEnumerable<string?> keys) =>
        Check(name, description, keys, IntegritySeverity.Note);

    private static IntegrityCheck Check(
        string name, string description, IEnumerable<string?> keys, IntegritySeverity severity)
    {
        var all = keys.OfType<string>().ToList();
        return new IntegrityCheck
        {
            Name = name,
            Severity = severity,
            Count = all.Count,
            SampleKeys = [.. all.Take(Samples)],
            Description = description,
        };
    }
}
