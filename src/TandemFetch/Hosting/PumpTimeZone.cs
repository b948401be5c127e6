using TandemFetch.Engine;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Settings;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Hosting;

/// <summary>The zone that the pump's clock is set to, as far as it is known without contacting the server.</summary>
internal static class PumpTimeZone
{
    /// <summary>
    /// The name of the zone from the session, otherwise from the environment, otherwise from the settings, otherwise
    /// from the credentials file; otherwise null. Never fails.
    /// </summary>
    /// <param name="settings">The user's settings.</param>
    /// <param name="directory">Where to look for <c>sensitive/credentials.toml</c>; null for nowhere.</param>
    public static string? Find(UserSettings settings, string? directory) =>
        SourceConnection.Current?.TimeZone
        ?? CredentialFinder.FindTimeZone((string?)settings.InFile(Setting.TimeZone), directory);

    /// <summary>
    /// The zone of times without an offset: the one set by hand for the pump, otherwise that of <see cref="Find"/>,
    /// otherwise the one stored in the file, otherwise this machine's. If there are several pumps, the zone of the pump
    /// with the newest entry applies.
    /// </summary>
    /// <param name="database">The file; null if there is none.</param>
    /// <param name="serials">The requested pumps; empty for all.</param>
    /// <param name="settings">The user's settings.</param>
    /// <param name="directory">Where to look for <c>sensitive/credentials.toml</c>.</param>
    /// <exception cref="TandemException"><c>TimeZoneUnknown</c>: the zone does not exist.</exception>
    public static ZoneOffsets OfTimes(
        TandemDatabase? database, IReadOnlyCollection<string> serials, UserSettings settings, string? directory)
    {
        var pump = database is null ? null : PumpReader.ReadZone(database, serials);
        var name = pump is { IsSetByUser: true } ? pump.Value.Zone : Find(settings, directory) ?? pump?.Zone;
        if (name is null)
        {
            return OfMachine();
        }

        return database is null ? ZoneRules.Find(name) : PumpReader.Zone(database, name);
    }

    /// <summary>
    /// The zone of the pump with the newest entry, whatever the user's own zone is: for data of other people.
    /// </summary>
    /// <param name="database">What is read.</param>
    /// <param name="serials">The requested pumps; empty for all.</param>
    public static ZoneOffsets Stored(TandemDatabase database, IReadOnlyCollection<string> serials) =>
        PumpReader.ReadZone(database, serials) is { } pump ? PumpReader.Zone(database, pump.Zone) : ZoneOffsets.Utc;

    private static ZoneOffsets OfMachine()
    {
        try
        {
            return ZoneRules.Find(TimeZoneInfo.Local.Id);
        }
        catch (TandemException)
        {
            // A zone that somebody defined for this machine only.
            return ZoneOffsets.Utc;
        }
    }
}
