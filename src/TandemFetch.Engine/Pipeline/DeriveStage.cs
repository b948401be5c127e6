using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>From <c>events</c> into the domain tables: every table is brought up to date where events changed, and nowhere else.</summary>
internal sealed class DeriveStage(TandemDatabase database, IRunObserver observer, TimeProvider time)
{
    /// <summary>The rules of this version, by the key under which the file notes which rules wrote it.</summary>
    public static IEnumerable<(string Stage, string Version)> Versions(KnownPump pump) =>
        Derivation.All.Select(derivation => (VersionKey(derivation, pump.DeviceAssignmentId), Version(derivation, pump)));

    /// <summary>Derives what changed of one pump.</summary>
    public StageCount Run(KnownPump pump, bool rebuild, CancellationToken cancellationToken)
    {
        var device = pump.DeviceAssignmentId;
        if (!rebuild && !StageVersions.Exist(database, Derivation.All.Select(derivation => VersionKey(derivation, device))))
        {
            // Nothing was derived yet, so whatever was parsed is still marked as underived.
            SetVersions(pump);
        }
        else if (rebuild || !IsCurrent(pump))
        {
            MarkAll(pump);
        }

        var ranges = Pending(device);
        var progress = new StageProgress(observer, time, $"Derive pump {pump.Label}", ranges.Count);
        var count = default(StageCount);
        foreach (var range in ranges)
        {
            cancellationToken.ThrowIfCancellationRequested();
            count += Derive(device, range.First, range.Last, cancellationToken);
            progress.Advance(1, $"{count.In:N0} events, {count.Out:N0} rows");
        }

        observer.Verbose($"Pump {pump.Label}: {count.Out:N0} rows derived from {count.In:N0} events.");
        return count;
    }

    private StageCount Derive(string device, long first, long last, CancellationToken cancellationToken)
    {
        var events = database.Scalar<long>(
            "SELECT count(*) FROM events WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last",
            new { device, first, last });
        var rows = 0L;
        database.InTransaction(() =>
        {
            foreach (var derivation in Derivation.All)
            {
                cancellationToken.ThrowIfCancellationRequested();
                database.Execute(derivation.Sql, new { device, first, last });
                rows += derivation.IsByDay ? 0 : database.Scalar<long>(
                    $"SELECT count(*) FROM {derivation.Table} WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last",
                    new { device, first, last });
            }

            database.Execute(
                "DELETE FROM underived_ranges WHERE device_assignment_id = $device AND first_position >= $first AND last_position <= $last",
                new { device, first, last });
        });
        return new StageCount(events, rows);
    }

    /// <summary>
    /// The stretches that changed. Those that touch are one, so that no table is derived twice over the same events; the others
    /// stay apart, which keeps the memory of a long rebuild flat.
    /// </summary>
    private List<(long First, long Last)> Pending(string device) =>
        PositionRanges.Merge(
            database.Query<Range>(
                "SELECT first_position, last_position FROM underived_ranges WHERE device_assignment_id = $device", new { device })
                .Select(range => (range.FirstPosition, range.LastPosition)),
            0);

    /// <summary>Empties the domain tables of one pump and marks its whole log, in stretches of a size that fits into memory.</summary>
    private void MarkAll(KnownPump pump) => database.InTransaction(() =>
    {
        var device = pump.DeviceAssignmentId;
        foreach (var derivation in Derivation.All)
        {
            database.Execute($"DELETE FROM {derivation.Table} WHERE device_assignment_id = $device", new { device });
        }

        SetVersions(pump);
        database.Execute("DELETE FROM underived_ranges WHERE device_assignment_id = $device", new { device });
        database.Execute(
            SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.mark_log.sql"), new { device, first = 0L, last = long.MaxValue });
    });

    private bool IsCurrent(KnownPump pump) => Derivation.All.All(derivation =>
        StageVersions.IsCurrent(database, VersionKey(derivation, pump.DeviceAssignmentId), Version(derivation, pump)));

    private void SetVersions(KnownPump pump)
    {
        foreach (var derivation in Derivation.All)
        {
            StageVersions.Set(database, VersionKey(derivation, pump.DeviceAssignmentId), Version(derivation, pump));
        }
    }

    private static string VersionKey(Derivation derivation, string device) => $"{derivation.Table} {device}";

    /// <summary>The days of the totals are those of the pump's zone: another zone makes other rows.</summary>
    private static string Version(Derivation derivation, KnownPump pump) =>
        derivation.IsByDay ? $"{derivation.Fingerprint} {pump.TimeZone}" : derivation.Fingerprint;

    private sealed record Range(long FirstPosition, long LastPosition);
}
