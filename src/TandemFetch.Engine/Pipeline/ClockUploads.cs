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
    public static IReadOnlyList<ClockUpload> Read(TandemDatabase database, string device) => ColumnReader.ReadAll(
        database,
        "SELECT log_position, pump_time, uploaded FROM bookkeeping.clock_uploads "
        + "WHERE device_assignment_id = $1 ORDER BY log_position",
        (rows, row) => new ClockUpload(
            rows.Int64(0, row), new PumpTime(rows.Int64(1, row)), UnixTime.At(rows.Int64(2, row))),
        device);

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
