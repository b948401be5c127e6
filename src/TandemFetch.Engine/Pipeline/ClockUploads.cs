using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// The uploads of a pump that the file records. How far the clock jumped when a battery was empty is in no log.
/// </summary>
internal static class ClockUploads
{
    private static readonly string SaveUpload = SqlResource.Read("TandemFetch.Engine.Clock.Statements.save_upload.sql");

    /// <summary>The uploads of one pump, in log order.</summary>
    public static IReadOnlyList<ClockUpload> Read(TandemDatabase database, string device) =>
        [.. database.Query<(long Position, long PumpTime, DateTime Uploaded)>(
            "SELECT log_position, epoch_us(pump_time), uploaded FROM bookkeeping.clock_uploads WHERE device_assignment_id = $device ORDER BY log_position",
            new { device })
            .Select(row => new ClockUpload(
                row.Position, new PumpTime(row.PumpTime), new DateTimeOffset(DateTime.SpecifyKind(row.Uploaded, DateTimeKind.Utc))))];

    /// <summary>Records the last upload of a pump, once its newest entry is in the file.</summary>
    public static void Remember(TandemDatabase database, SourcePump pump)
    {
        if (pump is { LastEvent: { } newest, LastUpload: { } upload })
        {
            database.InTransaction(() =>
                database.Execute(SaveUpload, new { device = pump.AssignmentId, newest, uploaded = upload.UtcDateTime }));
        }
    }
}
