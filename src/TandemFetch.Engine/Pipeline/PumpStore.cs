using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>The pumps that a file knows: those of the account, and any other whose entries came along.</summary>
internal sealed class PumpStore(TandemDatabase database)
{
    /// <summary>Who says which zone a pump is in: its user, by hand.</summary>
    public const string SetByUser = "User";

    /// <summary>Who says which zone a pump is in: the credentials or the environment, when the pump was new.</summary>
    public const string SetBySession = "Session";

    /// <summary>All pumps, the one with the newest entry first.</summary>
    public IReadOnlyList<PumpRow> All() => database.Query<PumpRow>(
        "SELECT device_assignment_id, serial_number, time_zone, last_event, last_upload, time_zone_set_by FROM pumps "
        + "ORDER BY last_event DESC NULLS LAST, serial_number");

    /// <summary>Writes what the account says of a pump.</summary>
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
                setBy = SetBySession,
            });

    /// <summary>Adds a pump of which nothing is known but its log.</summary>
    public void Add(string device, string timeZone, string? setBy) => database.Execute(
        "INSERT INTO pumps BY NAME SELECT $device AS device_assignment_id, $timeZone AS time_zone, $setBy AS time_zone_set_by",
        new { device, timeZone, setBy });

    /// <summary>Puts a pump that the file knows into a zone by hand.</summary>
    public void SetTimeZone(string device, string timeZone) => database.Execute(
        "UPDATE pumps SET time_zone = $timeZone, time_zone_set_by = $setBy WHERE device_assignment_id = $device",
        new { device, timeZone, setBy = SetByUser });

    /// <summary>
    /// Brings the zone of a pump up to date: its name to DuckDB's spelling, and the file's data of it to those of this
    /// DuckDB. Where they
    /// differ from what the file had, the days that begin at another time now are marked.
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

        // What begins at another time is a day, and the one before it ends there.
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
