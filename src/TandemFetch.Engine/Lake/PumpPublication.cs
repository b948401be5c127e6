using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Lake;

/// <summary>
/// Publishes one pump. Tables whose rows are those of the lake are left alone. The files of the others are written
/// aside; then the manifest says which ones are about to be replaced, each gets its place, and the manifest is written
/// again. After a kill, the next publication replaces what the manifest does not vouch for.
/// </summary>
internal sealed class PumpPublication : IDisposable
{
    private readonly TandemDatabase _session;
    private readonly IDisposable _interruption;
    private readonly LakeRequest _request;
    private readonly TableDescriptions _descriptions;
    private readonly LakeFolder _lake;
    private readonly LakePump _pump;
    private readonly string _key;
    private readonly string _staging;
    private readonly ZoneOffsets _zone;
    private readonly ComputedTables _computed;
    private readonly CancellationToken _cancellationToken;

    /// <param name="database">The database.</param>
    /// <param name="request">How the pump is published.</param>
    /// <param name="descriptions">The descriptions of the tables.</param>
    /// <param name="pump">The pump.</param>
    /// <param name="key">The name of its files.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public PumpPublication(
        TandemDatabase database,
        LakeRequest request,
        TableDescriptions descriptions,
        LakePump pump,
        string key,
        CancellationToken cancellationToken)
    {
        (_request, _descriptions, _lake) = (request, descriptions, request.Lake);
        (_pump, _key, _cancellationToken) = (pump, key, cancellationToken);
        _staging = Path.Join(_lake.Staging, key);
        _zone = ZoneTable.Read(database, pump.TimeZone);
        _session = database.OpenSession();
        _interruption = _session.InterruptOn(cancellationToken);
        _computed = new ComputedTables(database, _session, pump, _zone, cancellationToken);
    }

    /// <summary>Publishes it.</summary>
    public PublishedPump Run()
    {
        _computed.Prepare();
        var before = LakeJson.ReadIfValid<PumpManifest>(_lake.ManifestOf(_key));
        var manifest = Manifest(_session.Query<(long, long)>(LakeStatements.Read("extent"))[0]);
        CheckAge(before, manifest);
        DeleteStaged();
        var tables = new LakeTables(_session, _request.Pseudonyms is not null, _pump.Weeks).All();
        var files = new SortedDictionary<string, LakeFile>(StringComparer.Ordinal);
        var written = new List<string>();
        foreach (var table in tables)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            _descriptions.Ensure(_session, table, _staging);
            var fingerprint = FingerprintOf(table, files);
            if (before?.Tables.GetValueOrDefault(table.Name) is { } kept
                && kept.Fingerprint == fingerprint && IsInPlace(table.Name, kept))
            {
                files.Add(table.Name, kept);
                continue;
            }

            files.Add(table.Name, Write(table, fingerprint));
            written.Add(table.Name);
        }

        var removed = Removed(before, files.Keys);
        manifest = manifest with { Tables = files };
        if (written.Count + removed.Count > 0 || !IsSame(before, manifest))
        {
            Commit(manifest, written, removed);
        }

        return new PublishedPump
        {
            Lake = _lake.Path,
            PumpSerial = _pump.PumpSerial,
            Pump = _pump.Name,
            Tables = files.Values.Count(file => file.Rows > 0),
            FilesWritten = written.Count(table => files[table].Rows > 0),
            Rows = files.Values.Sum(file => file.Rows),
            Bytes = files.Values.Sum(file => file.Bytes),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            DeleteStaged();
            if (_request.ShiftsDates)
            {
                LakeFiles.HideTimes(_lake, _key);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The next publication of the pump removes it.
        }

        _interruption.Dispose();
        _session.Dispose();
    }

    private PumpManifest Manifest((long Newest, long Entries) extent) => new()
    {
        Pump = _pump.Name,
        Module = typeof(PumpPublication).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0],
        SchemaVersion = Migration.Newest,
        TimeZone = _pump.TimeZone,
        ZoneDatabase = _session
            .Query<string>(LakeStatements.Read("zone_version"), new { zone = _zone.Name })
            .FirstOrDefault() ?? ZoneRules.Version,
        UtcOffsets = [.. _zone.Changes.Select(change => (long[])[change.Starts, change.UtcOffset])],
        NewestPosition = extent.Newest,
        Entries = extent.Entries,
        Tables = [],
    };

    /// <summary>
    /// Keeps an older copy of the database, or one that begins later, from replacing what another one has published.
    /// </summary>
    private void CheckAge(PumpManifest? before, PumpManifest now)
    {
        if (before is null || _request.Force)
        {
            return;
        }

        // Not by key: what a newer key repeats is removed from the older one.
        if (now.NewestPosition < before.NewestPosition || now.Entries < before.Entries)
        {
            throw new TandemException(
                LakeErrors.DataNewer,
                TandemErrorKind.InvalidArgument,
                now.NewestPosition < before.NewestPosition
                    ? $"The lake has newer entries of pump {_pump.PumpSerial} than the database, which may be an older "
                        + "copy. Run Invoke-TandemBackfill first, or use -Force to publish what the database has."
                    : $"The lake was published from {before.Entries:N0} entries of pump {_pump.PumpSerial}, and the "
                        + $"database has {now.Entries:N0}. Run Invoke-TandemBackfill with an earlier -Since first, or "
                        + "use -Force to publish what the database has.",
                _pump.PumpSerial);
        }
    }

    /// <summary>Changes when the rows change: their number, and the sum of their hashes.</summary>
    private string FingerprintOf(LakeTable table, SortedDictionary<string, LakeFile> files)
    {
        var columns = string.Join(' ', table.Columns.Select(column => $"{column.Name}:{column.Type}"));
        var content = table.ComputedFrom.Count > 0
            ? string.Join(' ', table.ComputedFrom.Select(source => files[source].Fingerprint))
                + $" {_zone.Name} {string.Join(' ', _zone.Changes)} {_computed.Version}"
            : _session.Scalar<string>(
                $"SELECT concat(count(*), ':', coalesce(sum(hash(r)), 0)) FROM ({table.Rows}) AS r");
        return Hex.Of(SHA256.HashData(Encoding.UTF8.GetBytes($"{columns}\n{content}")))[..32];
    }

    private bool IsInPlace(string table, LakeFile file)
    {
        var path = _lake.FileOf(table, _key);
        return file.Rows == 0 ? !File.Exists(path) : File.Exists(path) && LakeFiles.IsAsListed(path, file);
    }

    /// <summary>Writes the rows of a table aside.</summary>
    private LakeFile Write(LakeTable table, string fingerprint)
    {
        if (table.ComputedFrom.Count > 0)
        {
            _computed.Fill(table.Name);
        }

        var path = Path.Join(_staging, table.Name);
        LakeFiles.CreateFolder(_lake, _staging);
        LakeFiles.Create(_lake, path);
        var rows = ParquetFile.Write(_session, table.OrderedRows, path);
        if (rows == 0)
        {
            File.Delete(path);
            return new LakeFile(0, 0, "", fingerprint);
        }

        LakeFiles.Flush(path);
        using var content = File.OpenRead(path);
        return new LakeFile(rows, content.Length, Hex.Of(SHA256.HashData(content)), fingerprint);
    }

    private void Commit(PumpManifest manifest, List<string> written, List<string> removed)
    {
        string[] replacing = [.. written.Concat(removed).Order(StringComparer.Ordinal)];
        if (replacing.Length > 0)
        {
            var certain = manifest.Tables.Where(table => !replacing.Contains(table.Key)).ToDictionary();
            Save(manifest with { Tables = new(certain, StringComparer.Ordinal), Replacing = replacing });
        }

        foreach (var table in replacing)
        {
            var place = _lake.FileOf(table, _key);
            if (manifest.Tables.GetValueOrDefault(table) is not { Rows: > 0 })
            {
                File.Delete(place);
                continue;
            }

            LakeFiles.CreateFolder(_lake, _lake.FolderOf(table));
            var staged = Path.Join(_staging, table);
            LakeFiles.Place(staged, place, manifest.Tables[table].Sha256, _request.ShiftsDates);
        }

        Save(manifest);
    }

    private void Save(PumpManifest manifest) => LakeFiles.Write(
        _lake, _lake.ManifestOf(_key), LakeJson.Write(manifest), hidesTime: _request.ShiftsDates);

    private void DeleteStaged()
    {
        LakeFiles.RemoveDrafts(_lake.ManifestOf(_key));
        if (Directory.Exists(_staging))
        {
            Directory.Delete(_staging, recursive: true);
        }
    }

    /// <summary>The tables that have a file and should not have one.</summary>
    private static List<string> Removed(PumpManifest? before, IEnumerable<string> tables) =>
        before is null ? [] : [.. before.Tables.Keys.Concat(before.Replacing).Except(tables)];

    private static bool IsSame(PumpManifest? before, PumpManifest now) =>
        before is not null && LakeJson.Write(before).AsSpan().SequenceEqual(LakeJson.Write(now));
}
