using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Reading;

/// <summary>Reads the pumps in a file, all at once.</summary>
public static class PumpReader
{
    /// <summary>What the file says of a pump whose zone was set by hand.</summary>
    internal const string SetByUser = "User";

    /// <summary>
    /// The name of a pump: its serial number, or its key if the account does not list one.
    /// </summary>
    internal const string Label = "coalesce(serial_number, device_assignment_id)";

    /// <summary>The pumps of a file, the one with the newest entry first.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="serials">Only pumps with these serial numbers; empty for all.</param>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, listing the serial numbers that exist.</exception>
    public static IReadOnlyList<Pump> Read(TandemDatabase database, IReadOnlyCollection<string> serials)
    {
        var rows = database.Query<Row>(SqlResource.Read("TandemFetch.Engine.Reading.Statements.pumps.sql"));
        PumpSerials.Check(serials, rows.Select(row => row.Label));
        var asked = rows.Where(row => serials.Count == 0 || serials.Contains(row.Label)).ToList();
        var zones = ZoneTable.Read(database, asked.Select(row => row.TimeZone));
        return [.. asked.Select(row => ToPump(row, zones[row.TimeZone]))];
    }

    /// <summary>Checks that a file contains pumps with these serial numbers.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="serials">Serial numbers.</param>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, listing the serial numbers that exist.</exception>
    public static void Check(TandemDatabase database, IReadOnlyCollection<string> serials)
    {
        ArgumentNullException.ThrowIfNull(database);
        PumpSerials.Check(serials, database.Query<string>($"SELECT {Label} FROM pumps"));
    }

    /// <summary>
    /// The zone of a pump, by its name in the file, and whether it was set by hand; null if there is no such pump.
    /// </summary>
    /// <param name="database">An open file.</param>
    /// <param name="serials">
    /// Only pumps with these serial numbers; empty for all. Of several pumps, the one with the newest entry applies.
    /// </param>
    public static (string Zone, bool IsSetByUser)? ReadZone(TandemDatabase database, IReadOnlyCollection<string> serials) =>
        database.Query<ZoneRow>(
                $"SELECT {Label} AS label, time_zone, time_zone_set_by FROM pumps ORDER BY last_event DESC NULLS LAST, label")
            .Where(pump => serials.Count == 0 || serials.Contains(pump.Label))
            .Select(pump => ((string, bool)?)(pump.TimeZone, pump.TimeZoneSetBy == SetByUser))
            .FirstOrDefault();

    /// <summary>A zone from the file, or from DuckDB if the file does not have it.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="name">The name of the zone.</param>
    /// <exception cref="TandemException"><c>TimeZoneUnknown</c>.</exception>
    public static ZoneOffsets Zone(TandemDatabase database, string name) => ZoneTable.Find(database, name);

    private static Pump ToPump(Row row, ZoneOffsets zone) => new()
    {
        PumpSerial = row.Label,
        ModelName = row.ModelName,
        SoftwareVersion = row.SoftwareVersion,
        Algorithm = row.Algorithm,
        TimeZone = row.TimeZone,
        FirstEvent = row.FirstEvent,
        LastEvent = row.LastEvent,
        LastUpload = ZoneOffsets.ToLocal(row.LastUpload, zone),
        DeviceAssignmentId = row.DeviceAssignmentId,
    };

    private sealed record ZoneRow(string Label, string TimeZone, string? TimeZoneSetBy);

    private sealed record Row(
        string DeviceAssignmentId,
        string Label,
        string? ModelName,
        string? SoftwareVersion,
        string? Algorithm,
        string TimeZone,
        DateTime? FirstEvent,
        DateTime? LastEvent,
        DateTime? LastUpload);
}
