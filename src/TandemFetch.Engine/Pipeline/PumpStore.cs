using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>Stores pumps: those of the account, and any other whose entries were received.</summary>
internal sealed class PumpStore(TandemDatabase database)
{
    /// <summary>The zone of the pump comes from its user, by hand.</summary>
    public const string SetByUser = PumpReader.SetByUser;

    /// <summary>The zone of the pump comes from the credentials or the environment, when the pump was new.</summary>
    public const string SetBySession = "Session";

    /// <summary>All pumps, the one with the newest entry first.</summary>
    public IReadOnlyList<PumpRow> All() => database.Query<PumpRow>(
        "SELECT device_assignment_id, serial_number, time_zone, last_event, last_upload, time_zone_set_by FROM pumps "
        + "ORDER BY last_event DESC NULLS LAST, serial_number");

    /// <summary>
    /// What the file has on a pump of an account: under its key, or under another key of the same pump.
    /// </summary>
    public PumpRow? Find(SourcePump pump) => Find(All(), pump);

    /// <summary>The same among pumps that were read before.</summary>
    public static PumpRow? Find(IReadOnlyList<PumpRow> all, SourcePump pump) =>
        all.FirstOrDefault(known => known.DeviceAssignmentId == pump.AssignmentId)
        ?? all.FirstOrDefault(known => known.SerialNumber is not null && known.SerialNumber == pump.SerialNumber);

    /// <summary>Stores what the account shows for a pump.</summary>
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
                setBy = Find(pump)?.TimeZoneSetBy ?? SetBySession,
            });

    /// <summary>Adds a pump of which only the log is known.</summary>
    public void Add(string device, string timeZone, string? setBy) => database.Execute(
        "INSERT INTO pumps BY NAME SELECT $device AS device_assignment_id, $timeZone AS time_zone, $setBy AS time_zone_set_by",
        new { device, timeZone, setBy });

    /// <summary>Sets the zone of a pump in the file by hand.</summary>
    public void SetTimeZone(string device, string timeZone) => database.Execute(
        "UPDATE pumps SET time_zone = $timeZone, time_zone_set_by = $setBy WHERE device_assignment_id = $device",
        new { device, timeZone, setBy = SetByUser });

    /// <summary>
    /// Updates the zone of a pump: its name to DuckDB's spelling, and the file's zone data to those of this DuckDB. If
    /// they differ from what the file had, the days that now begin at a different time are marked.
    /// </summary>
    /// <exception cref="TandemException"><see cref="ClockErrors.TimeZoneUnknown"/>.</exception>
    public PumpRow UpdateZone(PumpRow pump)
    {
        var zone = ZoneTable.Current(database, pump.TimeZone);
        database.InTransaction(() =>
        {
            database.Execute(
                "UPDATE pumps SET time_zone = $Name WHERE device_assignment_id = $DeviceAssignmentId AND time_zone <> $Name",
                new { zone.Name, pump.DeviceAssignmentId });
            if (ZoneTable.Update(database, zone) is { } before)
            {
                foreach (var device in database.Query<string>("SELECT device_assignment_id FROM pumps WHERE time_zone = $Name", new { zone.Name }))
                {
                    MarkDays(device, before, zone);
                }
            }
        });
        return pump with { TimeZone = zone.Name };
    }

    private void MarkDays(string device, ZoneOffsets before, ZoneOffsets now)
    {
        if (database.Query<(DateOnly? First, DateOnly? Last)>(
            "SELECT min(day), max(day) FROM daily_totals WHERE device_assignment_id = $device", new { device })[0] is not ({ } first, { } last))
        {
            return;
        }

        // A day now begins at a different time, and the one before it ends then.
        var days = Enumerable.Range(first.DayNumber, last.DayNumber - first.DayNumber + 2)
            .Select(DateOnly.FromDayNumber)
            .Where(day => before.StartOf(day) != now.StartOf(day))
            .SelectMany(day => new[] { day.AddDays(-1), day })
            .Distinct()
            .ToList();
        foreach (var day in days)
        {
            database.Execute("INSERT INTO bookkeeping.changed_days VALUES ($device, $day)", new { device, day });
        }
    }
}
