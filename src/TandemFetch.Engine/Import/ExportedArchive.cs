using Dapper;
using TandemFetch.Engine.Export;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Import;

/// <summary>
/// A folder with exported tables: the raw entries, and what is not in the log but needed by the tables: the pumps,
/// their settings, the uploads that show how far their clocks were off, and the entries that were rejected.
/// </summary>
internal sealed class ExportedArchive
{
    private readonly TandemDatabase _database;
    private readonly string _folder;
    private readonly Dictionary<string, Zone> _zones;

    /// <summary>Inspects a folder.</summary>
    /// <exception cref="TandemException"><see cref="ImportErrors.FormatUnknown"/>: it has no raw entries.</exception>
    public ExportedArchive(TandemDatabase database, string folder)
    {
        _database = database;
        _folder = folder;
        (EntriesPath, EntriesFormat) = Find(ArchiveTables.Entries) ?? Partitioned(folder)
            ?? throw new TandemException(
                ImportErrors.FormatUnknown,
                TandemErrorKind.InvalidArgument,
                $"'{folder}' is a folder without raw entries: it has no file {ArchiveTables.Entries}.parquet, .csv or .jsonl, "
                + "as Export-TandemData -Archive writes it, nor is it one that Export-TandemData raw_events "
                + "-PartitionBy made.",
                folder);

        // This bypasses the database's own translation of failures, because it is this file that may be damaged, not
        // the database.
        _zones = SourceOf("pumps") is { } pumps
            ? database.Connection.Query<Zone>(Statement("zones", pumps)).ToDictionary(zone => zone.DeviceAssignmentId)
            : [];
    }

    /// <summary>Where the raw entries are.</summary>
    public string EntriesPath { get; }

    /// <summary>The format of the files.</summary>
    public ExportFormat EntriesFormat { get; }

    /// <summary>The zone of a pump, and who set it; null if the archive does not contain it.</summary>
    public Zone? ZoneOf(string device) => _zones.GetValueOrDefault(device);

    /// <summary>
    /// Stores what the archive has besides the raw entries, once those are in the file. What the file has on a pump is
    /// kept unless the archive is newer.
    /// </summary>
    public void Save() => _database.InTransaction(() =>
    {
        var stored = ArchiveTables.Others.Keys.Where(Store).ToList();
        if (stored.Contains("pump_settings"))
        {
            new PumpSettingsStore(_database).WriteProfiles();
        }
    });

    private bool Store(string table)
    {
        if (SourceOf(table) is not { } source)
        {
            return false;
        }

        _database.Connection.Execute(Statement(SqlText.Unqualified(table), source));
        return true;
    }

    /// <summary>A statement about an exported table.</summary>
    private static string Statement(string name, string source) =>
        SqlResource.Read($"{typeof(ExportedArchive).Namespace}.Statements.archived_{name}.sql")
            .Replace("{source}", source, StringComparison.Ordinal);

    private string? SourceOf(string table) =>
        Find(table) is var (path, format) ? SourceOf(table, path, format) : null;

    private string SourceOf(string table, string path, ExportFormat format)
    {
        var source = ExportedFile.Source(path, format, ArchiveTables.Others[table]);
        return format == ExportFormat.Csv ? ExportedFile.AsWritten(_database, source) : source;
    }

    /// <summary>The file of a table, or the folder into which it was partitioned.</summary>
    private (string Path, ExportFormat Format)? Find(string table)
    {
        var name = SqlText.Unqualified(table);
        foreach (var file in Directory.EnumerateFiles(_folder).Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(file).Split('.')[0] == name && ExportedFile.FormatOf(file) is { } format)
            {
                return (file, format);
            }
        }

        return Partitioned(Path.Combine(_folder, name));
    }

    private static (string Path, ExportFormat Format)? Partitioned(string folder) =>
        Directory.Exists(folder)
        && Directory.EnumerateDirectories(folder, "*=*").Any(part =>
            Directory.EnumerateFiles(part, "*.parquet", SearchOption.AllDirectories).Any())
            ? (folder, ExportFormat.Parquet)
            : null;

    /// <summary>The zone of a pump.</summary>
    internal sealed record Zone(string DeviceAssignmentId, string TimeZone, string? TimeZoneSetBy);
}
