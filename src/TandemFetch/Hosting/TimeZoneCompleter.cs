using System.Collections;

namespace TandemFetch.Hosting;

/// <summary>Offers the IANA names of time zones.</summary>
internal sealed class TimeZoneCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string? Hint)> Words(IDictionary parameters) =>
        TimeZoneInfo.GetSystemTimeZones()
            .Select(zone => (Name: IanaName(zone), Hint: (string?)zone.DisplayName))
            .Where(zone => zone.Name is not null)
            .Select(zone => (zone.Name!, zone.Hint))
            .OrderBy(zone => zone.Item1, StringComparer.Ordinal);

    // Windows has its own names.
    private static string? IanaName(TimeZoneInfo zone) =>
        zone.HasIanaId ? zone.Id : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var name) ? name : null;
}
