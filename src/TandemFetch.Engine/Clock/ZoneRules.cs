using System.Collections.Concurrent;
using Dapper;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Clock;

/// <summary>
/// The time zones that the DuckDB of this module knows. They are read from a DuckDB in memory, so that no file is
/// needed, and cached for the life of the process.
/// </summary>
public static class ZoneRules
{
    private static readonly string Name = SqlResource.Read("TandemFetch.Engine.Clock.Statements.zone_name.sql");

    private static readonly string Offsets = SqlResource.Read("TandemFetch.Engine.Clock.Statements.offsets_in_use.sql");

    private static readonly string Rules = SqlResource.Read("TandemFetch.Engine.Clock.Statements.zone_rules.sql");

    private static readonly ConcurrentDictionary<string, ZoneOffsets> Known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The DuckDB version of the zone data.</summary>
    public static string Version { get; } = NativeMethods.Startup.DuckDBLibraryVersion();

    /// <summary>Finds a time zone by name: an IANA name in upper or lower case, or a Windows zone name.</summary>
    /// <param name="name">Such as <c>America/New_York</c>, <c>america/new_york</c> or <c>Eastern Standard
    /// Time</c>.</param>
    /// <returns>The zone, under its IANA name in DuckDB's spelling.</returns>
    /// <exception cref="TandemException"><see cref="ClockErrors.TimeZoneUnknown"/>.</exception>
    public static ZoneOffsets Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Known.GetOrAdd(name, static name => Ask(connection => Find(connection, name)));
    }

    /// <summary>All offsets that any zone in the world has at a moment.</summary>
    internal static IReadOnlySet<TimeSpan> InUse(DateTimeOffset moment) => Ask(connection => connection
        .Query<long>(Offsets, new { moment = UnixTime.Microseconds(moment) })
        .Select(microseconds => TimeSpan.FromMicroseconds((double)microseconds))
        .ToHashSet());

    private static ZoneOffsets Find(DuckDBConnection connection, string name)
    {
        var known = Spelled(name)
            ?? (TimeZoneInfo.TryConvertWindowsIdToIanaId(name, out var iana) ? Spelled(iana) : null)
            ?? throw new TandemException(
                ClockErrors.TimeZoneUnknown,
                TandemErrorKind.InvalidArgument,
                $"There is no time zone '{name}'. Use an IANA name such as America/New_York or Europe/Berlin.",
                name);
        return new ZoneOffsets(known, connection.Query<(long Starts, int UtcOffset)>(Rules, new { zone = known })
            .Select(change => new ZoneChange(change.Starts, change.UtcOffset)));

        string? Spelled(string zone) => connection.QueryFirstOrDefault<string>(Name, new { name = zone });
    }

    private static T Ask<T>(Func<DuckDBConnection, T> question)
    {
        using var connection = new DuckDBConnection($"DataSource={WritableAttachment.InMemory};threads=1");
        connection.Open();
        return question(connection);
    }
}
