using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>The pumps that a file knows: those of the account, and any other whose entries came along.</summary>
internal sealed class PumpRegister(TandemDatabase database)
{
    /// <summary>All pumps, the one with the newest entry first.</summary>
    public IReadOnlyList<KnownPump> All() => database.Query<KnownPump>(
        "SELECT device_assignment_id, serial_number, time_zone, last_event, last_upload FROM pumps ORDER BY last_event DESC NULLS LAST, serial_number");

    /// <summary>Writes what the account says of a pump; a zone that is not given stays as it was.</summary>
    public void Save(SourcePump pump, string timeZone) =>
        database.Execute(
            SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.save_pump.sql"),
            new
            {
                pump.AssignmentId,
                pump.SerialNumber,
                pump.ModelName,
                pump.SoftwareVersion,
                pump.Algorithm,
                timeZone,
                pump.FirstEvent,
                pump.LastEvent,
                LastUpload = pump.LastUpload?.UtcDateTime,
            });

    /// <summary>Sets the zone of pumps that the file knows.</summary>
    public void SetTimeZone(string device, string timeZone) =>
        database.Execute("UPDATE pumps SET time_zone = $timeZone WHERE device_assignment_id = $device", new { device, timeZone });
}
