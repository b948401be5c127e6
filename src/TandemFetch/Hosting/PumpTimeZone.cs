using TandemFetch.Engine;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Hosting;

/// <summary>The zone that the pump's clock is set to, as far as that is known without asking anybody.</summary>
internal static class PumpTimeZone
{
    /// <summary>
    /// The name of the zone from the session, else from the credentials file, else from the environment; else null.
    /// Never fails.
    /// </summary>
    /// <param name="directory">Where <c>sensitive/credentials.toml</c> is looked for; null for nowhere.</param>
    public static string? Find(string? directory) =>
        SourceConnection.Current?.TimeZone ?? CredentialFinder.FindTimeZone(directory);

    /// <summary>
    /// The zone in which times without an offset are meant: the one that was set by hand for the pump, else that of
    /// <see cref="Find"/>, else the one that
    /// the file has, else this machine's. Of several pumps, the one with the newest entry tells.
    /// </summary>
    /// <param name="database">The file; null where there is none.</param>
    /// <param name="serials">The pumps that are asked for; empty for all.</param>
    /// <param name="directory">Where <c>sensitive/credentials.toml</c> is looked for.</param>
    /// <exception cref="TandemException"><c>TimeZoneUnknown</c>: the zone that is named is none.</exception>
    public static ZoneOffsets OfTimes(TandemDatabase? database, IReadOnlyCollection<string> serials, string? directory)
    {
        var pump = database is null ? null : PumpReader.ReadZone(database, serials);
        var name = pump is { IsSetByUser: true } ? pump.Value.Zone : Find(directory) ?? pump?.Zone;
        if (name is null)
        {
            return OfMachine();
        }

        return database is null ? ZoneRules.Find(name) : PumpReader.Zone(database, name);
    }

    private static ZoneOffsets OfMachine()
    {
        try
        {
            return ZoneRules.Find(TimeZoneInfo.Local.Id);
        }
        catch (TandemException)
        {
            // A zone that somebody made for this machine alone.
            return ZoneOffsets.Utc;
        }
    }
}
