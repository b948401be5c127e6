using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DuckDB.NET.Data;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Export;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Import;

/// <summary>
/// Stores log entries from saved responses and exported rows in <c>raw_events</c>, as a fetch does: what exists already
/// is not stored again. The days are not marked as fetched, so a backfill requests them once more.
/// </summary>
/// <param name="database">A file that is open for writing.</param>
/// <param name="observer">Receives progress and messages.</param>
/// <param name="time">Clock.</param>
public sealed class RawEventImport(TandemDatabase database, IRunObserver observer, TimeProvider time)
{
    private readonly PumpStore _pumps = new(database);
    private readonly RunLog _log = new(database, time);

    /// <summary>Imports one file.</summary>
    /// <param name="path">The file, or a folder: an archive, or what <c>-PartitionBy</c> made.</param>
    /// <param name="timeZone">
    /// IANA zone of pumps that are not in the database yet; null if it has not been specified.
    /// </param>
    /// <param name="setsZone">Whether pumps in the database also get that zone.</param>
    /// <param name="cancellationToken">Stops between pages; what has been stored is kept.</param>
    /// <returns>One run per pump.</returns>
    /// <exception cref="TandemException">
    /// One of <see cref="ImportErrors"/>, or <see cref="PipelineErrors.TimeZoneMissing"/>.
    /// </exception>
    public async Task<IReadOnlyList<PipelineRun>> ImportAsync(
        string path,
        string? timeZone,
        bool setsZone,
        CancellationToken cancellationToken)
    {
        try
        {
            // Reading what was exported is the most work, however small the file is.
            database.UseThreads(ThreadCount.OfWriter);
            var archive = Directory.Exists(path) ? new ExportedArchive(database, path) : null;
            var file = archive is null ? Open(path) : new ExportedRows(database, archive.EntriesPath, archive.EntriesFormat);
            var runs = new List<PipelineRun>();
            foreach (var device in file.Devices)
            {
                var pump = Announce(device, archive?.ZoneOf(device), timeZone, setsZone);
                runs.Add(await _log.RecordAsync(
                    PipelineStage.Fetch,
                    pump,
                    () => Task.FromResult(Store(device, file, path, cancellationToken))).ConfigureAwait(false));
            }

            archive?.Save();
            return runs;
        }
        catch (DuckDBException error) when (DatabaseFailure.IsLackOfMemory(error.Message))
        {
            throw DatabaseFailure.Of(error.Message, database.Path, error);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException or JsonException or DuckDBException)
        {
            throw new TandemException(
                ImportErrors.Unreadable,
                TandemErrorKind.InvalidData,
                $"'{path}' could not be imported: {Sentence.Of(error)} It must be a saved pump-logs response, or raw_events as Export-TandemData writes them.",
                path,
                error);
        }
    }

    private StageCount Store(string device, IEntryFile file, string path, CancellationToken cancellationToken)
    {
        using var writer = new WindowWriter(database, time, new StoredEntries(keepsOlder: true));
        var page = new SplitPage();
        var count = default(StageCount);
        foreach (var json in file.Pages(device, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            PageSplitter.Split(json.Span, page);
            count += new StageCount(page.Entries.Count, writer.Write(device, json, page, mark: null).Added);
            if (writer.Pending >= RowGroup.RowsPerTransaction)
            {
                writer.Commit();
            }

            observer.Progress(new RunProgress($"Import {Path.GetFileName(path)}", $"{count.In:N0} entries, {count.Out:N0} new", 0, 0, null));
        }

        writer.Commit();
        observer.Verbose($"'{path}', pump {device}: {Quantity.Of(count.In, "entry", "entries")} read, {count.Out:N0} new.");
        return count;
    }

    private PumpRow Announce(string device, ExportedArchive.Zone? archived, string? timeZone, bool setsZone)
    {
        var known = _pumps.All().FirstOrDefault(pump => pump.DeviceAssignmentId == device);
        var zone = setsZone ? timeZone : known?.TimeZone ?? archived?.TimeZone ?? timeZone;
        if (zone is null)
        {
            throw new TandemException(
                PipelineErrors.TimeZoneMissing,
                TandemErrorKind.InvalidArgument,
                $"Which time zone is the clock of the pump {device} set to? Its log does not record it. Specify an IANA name such as America/New_York with -TimeZone or $env:TANDEM_TIME_ZONE.",
                device);
        }

        if (known is null)
        {
            var setBy = setsZone ? PumpStore.SetByUser : archived is null ? PumpStore.SetBySession : archived.TimeZoneSetBy;
            _pumps.Add(device, ZoneRules.Find(zone).Name, setBy);
        }
        else if (setsZone)
        {
            _pumps.SetTimeZone(device, ZoneRules.Find(zone).Name);
        }

        return _pumps.All().First(pump => pump.DeviceAssignmentId == device);
    }

    private IEntryFile Open(string path) => ExportedFile.FormatOf(path) switch
    {
        ExportFormat.Json => OpenJson(path),
        { } format => new ExportedRows(database, path, format),
        null => throw new TandemException(
            ImportErrors.FormatUnknown,
            TandemErrorKind.InvalidArgument,
            $"'{path}' is neither .json (saved pump-logs responses) nor .parquet, .csv or .jsonl (raw_events as Export-TandemData writes them), "
            + "compressed (.gz) or not, nor a folder of these.",
            path),
    };

    // Both are JSON; a line of an export begins with the row's own columns.
    private IEntryFile OpenJson(string path)
    {
        using (var lines = new StreamReader(OpenRead(path), Encoding.UTF8))
        {
            var beginning = new char[4096];
            var length = lines.ReadBlock(beginning);
            if (beginning.AsSpan(0, length).TrimStart().StartsWith("{\"id\":"))
            {
                return new ExportedRows(database, path, ExportFormat.Json);
            }
        }

        using var content = new MemoryStream();
        using (var file = OpenRead(path))
        {
            file.CopyTo(content);
        }

        ReadOnlyMemory<byte> json = content.ToArray();
        return new SavedResponses(json.Span.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json);
    }

    private static Stream OpenRead(string path) => ExportFileName.IsZipped(path)
        ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress)
        : File.OpenRead(path);
}
