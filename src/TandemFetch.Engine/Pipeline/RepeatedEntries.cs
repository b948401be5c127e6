using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// Entries of a pump that Tandem Source lists under a second key and whose log it serves again: both keys keep their
/// raw entries, and what both have counts for the newer key.
/// </summary>
internal static class RepeatedEntries
{
    private static readonly string Ranges = Statement("repeated_ranges");
    private static readonly string Remove = Statement("remove_repeated_events");
    private static readonly string MarkLog = Statement("mark_log");
    private static readonly string FirstOthers = Statement("first_not_repeated");

    /// <summary>
    /// Recognizes the other keys of a pump in the file by its serial number. The newer of two keys is that whose log
    /// began to arrive later; what was parsed of it before is parsed again.
    /// </summary>
    public static void Recognize(TandemDatabase database, PumpRow pump, IRunObserver observer)
    {
        foreach (var other in new PumpStore(database).All().Where(other => IsSamePump(pump, other)))
        {
            if (AreKnown(database, pump.DeviceAssignmentId, other.DeviceAssignmentId)
                || FirstEntry(database, other) is not { } theirs)
            {
                continue;
            }

            var (older, newer) = theirs < (FirstEntry(database, pump) ?? long.MaxValue) ? (other, pump) : (pump, other);
            database.InTransaction(() =>
            {
                database.Execute(
                    "INSERT INTO bookkeeping.newer_assignments VALUES ($older, $newer)",
                    new { older = older.DeviceAssignmentId, newer = newer.DeviceAssignmentId });
                database.Execute(
                    "DELETE FROM bookkeeping.stage_versions WHERE stage = $stage",
                    new { stage = ParseStage.NameOf(newer.DeviceAssignmentId) });
            });
            observer.Warning(
                $"Pump {pump.Label} has two keys in this file, {older.DeviceAssignmentId} and, newer, "
                + $"{newer.DeviceAssignmentId}. What the logs of both have is kept as received and counts once.");
        }
    }

    /// <summary>Whether the file has a newer key of a pump.</summary>
    public static bool HasNewerKey(TandemDatabase database, string device) => database.Scalar<bool>(
        "SELECT EXISTS (FROM bookkeeping.newer_assignments WHERE device_assignment_id = $device)", new { device });

    /// <summary>Whether the file has an older key of a pump.</summary>
    public static bool HasOlderKey(TandemDatabase database, string device) => database.Scalar<bool>(
        "SELECT EXISTS (FROM bookkeeping.newer_assignments WHERE newer_assignment_id = $device)", new { device });

    /// <summary>
    /// The first raw entry of an older key from the given id on that counts for it; the id after the last one if there
    /// is none.
    /// </summary>
    public static long FirstNotRepeated(TandemDatabase database, string device, long next) =>
        database.Scalar<long>(FirstOthers, new { device, next });

    /// <summary>
    /// Removes the events of a pump's older keys that its raw entries from one id to another repeat, and marks where
    /// they were as underived.
    /// </summary>
    /// <returns>How many events were removed.</returns>
    public static long RemoveEvents(TandemDatabase database, string device, long first, long last)
    {
        var removed = 0L;
        database.InTransaction(() =>
        {
            foreach (var range in database.Query<Range>(Ranges, new { device, first, last }))
            {
                var older = range.DeviceAssignmentId;
                database.Execute(
                    MarkLog,
                    new { device = older, first = range.FirstPosition, last = range.LastPosition, table = (string?)null });
                removed += database.Execute(Remove, new { older, device, first, last });
            }
        });
        return removed;
    }

    private static bool IsSamePump(PumpRow pump, PumpRow other) =>
        pump.SerialNumber is not null
        && other.SerialNumber == pump.SerialNumber
        && other.DeviceAssignmentId != pump.DeviceAssignmentId;

    private static bool AreKnown(TandemDatabase database, string device, string other) => database.Scalar<bool>(
        "SELECT EXISTS (FROM bookkeeping.newer_assignments WHERE device_assignment_id IN ($device, $other) "
        + "AND newer_assignment_id IN ($device, $other))",
        new { device, other });

    private static long? FirstEntry(TandemDatabase database, PumpRow pump) => database.Scalar<long?>(
        "SELECT min(id) FROM raw_events WHERE device_assignment_id = $DeviceAssignmentId", pump);

    private static string Statement(string name) =>
        SqlResource.Read($"TandemFetch.Engine.Pipeline.Statements.{name}.sql");

    private sealed record Range(string DeviceAssignmentId, long FirstPosition, long LastPosition);
}
