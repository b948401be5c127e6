using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Clock;

/// <summary>The zone data in a file. Opening a file for writing updates them; readers use them as they are.</summary>
internal static class ZoneTable
{
    private static readonly string Offsets = SqlResource.Read("TandemFetch.Engine.Clock.Statements.zone_offsets.sql");

    private static readonly string IsCurrent = SqlResource.Read("TandemFetch.Engine.Clock.Statements.zone_is_current.sql");

    private static readonly string SaveOffsets = SqlResource.Read("TandemFetch.Engine.Clock.Statements.save_zone_offsets.sql");

    private static readonly string SaveZone = SqlResource.Read("TandemFetch.Engine.Clock.Statements.save_zone.sql");

    /// <summary>
    /// A zone that somebody specified, from the file, or from this DuckDB if the file does not have it.
    /// </summary>
    /// <exception cref="TandemException"><c>TimeZoneUnknown</c>.</exception>
    public static ZoneOffsets Find(TandemDatabase database, string name) =>
        Stored(database, name) is { Count: > 0 } changes ? new ZoneOffsets(name, changes) : ZoneRules.Find(name);

    /// <summary>The zone of a pump from the file, or from this DuckDB if no backfill has stored it yet.</summary>
    /// <exception cref="TandemException"><c>TimeZoneUnknown</c>: the message names the zone in the file.</exception>
    public static ZoneOffsets Read(TandemDatabase database, string zone) =>
        Stored(database, zone) is { Count: > 0 } changes ? new ZoneOffsets(zone, changes) : Current(database, zone);

    /// <summary>A zone that the file names, from this DuckDB.</summary>
    /// <exception cref="TandemException"><c>TimeZoneUnknown</c>.</exception>
    public static ZoneOffsets Current(TandemDatabase database, string zone)
    {
        try
        {
            return ZoneRules.Find(zone);
        }
        catch (TandemException unknown) when (unknown.ErrorId == ClockErrors.TimeZoneUnknown)
        {
            throw new TandemException(
                unknown.ErrorId,
                TandemErrorKind.InvalidData,
                $"'{database.Path}' has a pump in the time zone '{zone}', which this module's DuckDB ({ZoneRules.Version}) does not know. "
                + "Use Set-TandemPump -TimeZone to change it.",
                zone,
                unknown);
        }
    }

    /// <summary>Zones by their names.</summary>
    /// <exception cref="TandemException"><c>TimeZoneUnknown</c>.</exception>
    public static IReadOnlyDictionary<string, ZoneOffsets> Read(TandemDatabase database, IEnumerable<string> zones) =>
        zones.Distinct().ToDictionary(zone => zone, zone => Read(database, zone));

    /// <summary>The zone of all pumps if they have the same one, otherwise null.</summary>
    /// <exception cref="TandemException"><c>TimeZoneUnknown</c>.</exception>
    public static ZoneOffsets? Common(TandemDatabase database) =>
        database.Query<string>("SELECT DISTINCT time_zone FROM pumps") is [var only] ? Read(database, only) : null;

    /// <summary>
    /// Makes SQL mean times as <see cref="Common"/> does, or in UTC if the pumps have different zones.
    /// </summary>
    /// <returns>The zone in which SQL now means times.</returns>
    public static ZoneOffsets UseCommon(TandemDatabase database)
    {
        var zone = Common(database) ?? ZoneOffsets.Utc;
        database.Execute($"SET SESSION TimeZone = '{zone.Name}'");
        return zone;
    }

    /// <summary>Stores this DuckDB's data of a zone if the file has different data or none.</summary>
    /// <returns>The zone as it was in the file; null if it is new or unchanged.</returns>
    public static ZoneOffsets? Update(TandemDatabase database, ZoneOffsets zone)
    {
        var current = new { zone = zone.Name, version = ZoneRules.Version };
        if (database.Scalar<bool>(IsCurrent, current))
        {
            return null;
        }

        var before = Stored(database, zone.Name);
        if (!before.SequenceEqual(zone.Changes))
        {
            Store(database, zone);
        }

        database.Execute(SaveZone, current);
        return before.Count == 0 || before.SequenceEqual(zone.Changes) ? null : new ZoneOffsets(zone.Name, before);
    }

    /// <summary>Stores the offsets of a zone.</summary>
    public static void Store(TandemDatabase database, ZoneOffsets zone)
    {
        var changes = string.Join(", ", zone.Changes.Select(change => $"({change.Starts}, {change.UtcOffset})"));
        database.Execute(SaveOffsets.Replace("{changes}", changes, StringComparison.Ordinal), new { zone = zone.Name });
    }

    private static IReadOnlyList<ZoneChange> Stored(TandemDatabase database, string zone) => ColumnReader.ReadAll(
        database, Offsets, (rows, row) => new ZoneChange(rows.Int64(0, row), rows.Int32(1, row)), zone);
}
