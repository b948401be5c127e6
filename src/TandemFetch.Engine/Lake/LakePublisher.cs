using DuckDB.NET.Data;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Lake;

/// <summary>Adds the pumps of a database to a lake, or brings them up to date there.</summary>
/// <param name="database">A database that is open for reading.</param>
/// <param name="request">Which pumps, where to, and how.</param>
/// <param name="observer">Receives progress and messages.</param>
public sealed class LakePublisher(TandemDatabase database, LakeRequest request, IRunObserver observer)
{
    private const string Activity = "Publish to lake";

    private readonly TableDescriptions _descriptions = new(request);

    /// <summary>Publishes one pump after the other.</summary>
    /// <param name="cancellationToken">Stops the work; pumps that were published by then are in the lake.</param>
    /// <exception cref="TandemException">One of <see cref="LakeErrors"/>, or <c>PumpUnknown</c>.</exception>
    public IEnumerable<PublishedPump> Run(CancellationToken cancellationToken)
    {
        var pumps = Pumps();
        Guard(Prepare, cancellationToken);
        using var limit = database.LimitMemory(MemoryLimit.OfExports);
        for (var index = 0; index < pumps.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var pump = pumps[index];
            observer.Progress(new RunProgress(Activity, pump.PumpSerial, index, pumps.Count, null));
            PublishedPump? published = null;
            Guard(() => published = Publish(pump, cancellationToken), cancellationToken);
            yield return published!;
        }

        observer.Progress(new RunProgress(Activity, "Done", pumps.Count, pumps.Count, null));
    }

    private PublishedPump Publish(LakePump pump, CancellationToken cancellationToken)
    {
        var key = LakeFolder.KeyOf(pump.Name);
        using var turn = PumpTurn.Take(request.Lake, key, pump.Name, request.LockTimeout, cancellationToken);
        using var publication = new PumpPublication(
            database, request, _descriptions, pump, key, cancellationToken);
        var published = publication.Run();
        foreach (var former in pump.FormerNames.Select(LakeFolder.KeyOf).Where(name => name != key))
        {
            Remove(former, cancellationToken);
        }

        return published;
    }

    /// <summary>Removes a pump that is published under another name by now, so that its rows are there once.</summary>
    private void Remove(string key, CancellationToken cancellationToken)
    {
        var lake = request.Lake;
        if (!File.Exists(lake.ManifestOf(key)))
        {
            return;
        }

        using var turn = PumpTurn.Take(lake, key, key, request.LockTimeout, cancellationToken);
        if (LakeJson.Read<PumpManifest>(lake.ManifestOf(key)) is { } manifest)
        {
            string[] tables = [.. manifest.Tables.Keys.Union(manifest.Replacing).Order(StringComparer.Ordinal)];
            LakeFiles.Write(
                lake,
                lake.ManifestOf(key),
                LakeJson.Write(manifest with { Tables = [], Replacing = tables }),
                hidesTime: request.ShiftsDates);
            foreach (var table in tables)
            {
                File.Delete(lake.FileOf(table, key));
            }

            File.Delete(lake.ManifestOf(key));
        }
    }

    private List<LakePump> Pumps() =>
    [
        .. PumpReader.Read(database, request.PumpSerials)
            .GroupBy(pump => pump.PumpSerial)
            .Select(pump => Named(pump.Key, [.. pump]))
            .OrderBy(pump => pump.PumpSerial, StringComparer.Ordinal),
    ];

    private LakePump Named(string serial, IReadOnlyList<Pump> listed) => new(
        serial,
        NameOf(serial),
        [.. listed.Select(pump => (
            pump.DeviceAssignmentId,
            request.Pseudonyms?.OfAssignment(pump.DeviceAssignmentId) ?? pump.DeviceAssignmentId))],
        listed[0].TimeZone ?? ZoneOffsets.Utc.Name,
        [.. listed.Select(pump => pump.DeviceAssignmentId).Where(key => key != serial).Select(NameOf)],
        request.ShiftsDates ? request.Pseudonyms!.WeeksOf(serial) : 0);

    private string NameOf(string serial) => request.Pseudonyms?.OfPump(serial) ?? serial;

    /// <summary>Creates the lake, or checks that it is one of the same kind.</summary>
    private void Prepare()
    {
        var lake = request.Lake;
        var wanted = new LakeDescription(
            LakeDescription.CurrentFormat, request.Pseudonyms?.Check, request.ShiftsDates);
        if (lake.Describe() is null)
        {
            // Another process may be creating the lake at this moment.
            if (Directory.Exists(lake.Path)
                && Directory.EnumerateFileSystemEntries(lake.Path).Any(path => !lake.IsOwn(path)))
            {
                throw new TandemException(
                    LakeErrors.Invalid,
                    TandemErrorKind.InvalidArgument,
                    $"'{lake.Path}' is no lake and contains other files. Specify a new or an empty folder.",
                    lake.Path);
            }

            LakeFiles.CreateFolder(lake, lake.Path);
            LakeFiles.CreateFolder(lake, lake.Pumps);
            LakeFiles.Write(lake, lake.Description, LakeJson.Write(wanted), replace: false, wanted.ShiftsDates);
        }

        // Another process may have just created it.
        var found = lake.Require();
        if (found.PseudonymCheck != wanted.PseudonymCheck || found.ShiftsDates != wanted.ShiftsDates)
        {
            throw new TandemException(
                LakeErrors.PseudonymsDiffer,
                TandemErrorKind.InvalidArgument,
                $"The lake '{lake.Path}' {Kind(found)}, and this request {Kind(wanted)}"
                + (found.PseudonymCheck is not null && wanted.PseudonymCheck is not null ? " or another key" : "")
                + ". All pumps of a lake are published in the same way. Use the same parameters and the same key as "
                + "before, or another folder.",
                lake.Path);
        }
    }

    private static string Kind(LakeDescription lake) =>
        lake.PseudonymCheck is null ? "has no pseudonyms"
        : lake.ShiftsDates ? "has pseudonyms and shifted dates"
        : "has pseudonyms and true dates";

    private void Guard(Action work, CancellationToken cancellationToken)
    {
        try
        {
            work();
        }
        catch (DuckDBException interrupted) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The publication was stopped.", interrupted, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DuckDBException)
        {
            throw new TandemException(
                LakeErrors.NotWritable,
                error is UnauthorizedAccessException
                    ? TandemErrorKind.PermissionDenied
                    : TandemErrorKind.ResourceUnavailable,
                $"The lake '{request.Lake.Path}' could not be written: {Sentence.Of(error)} Publish again to complete "
                + "it.",
                request.Lake.Path,
                error);
        }
    }
}
