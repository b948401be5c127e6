using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TandemFetch.Sandbox.Nightscout.Documents;

/// <summary>A time as sent: milliseconds since 1970 and the offset given. Smaller parts are cut off.</summary>
/// <param name="Milliseconds">Milliseconds since 1970, UTC.</param>
/// <param name="OffsetMinutes">The offset of the text; 0 if it has none.</param>
internal readonly partial record struct Moment(long Milliseconds, int OffsetMinutes)
{
    /// <summary>The time in UTC, as Nightscout stores it.</summary>
    public string Iso => DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds)
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static Moment Of(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds(), 0);

    /// <summary>Reads a text or a number of milliseconds; null if it is not readable.</summary>
    public static Moment? Read(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => Read(node.GetValue<string>()),
        JsonValueKind.Number => Read(node.GetValue<double>()),
        _ => null,
    };

    /// <summary>Reads an ISO 8601 text, or one as in a header of mail. Without an offset it is UTC.</summary>
    public static Moment? Read(string text)
    {
        if (IsoTime().Match(text.Trim()) is { Success: true } iso)
        {
            return ReadIso(iso);
        }

        return DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var mail)
            ? Of(mail)
            : null;
    }

    private static Moment? Read(double milliseconds) =>
        milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new Moment((long)milliseconds, 0)
            : null;

    private static Moment? ReadIso(Match iso)
    {
        int Part(string name) => iso.Groups[name] is { Success: true } part
            ? int.Parse(part.ValueSpan, CultureInfo.InvariantCulture)
            : 0;

        var (year, month, day, hour, minute, second) =
            (Part("year"), Part("month"), Part("day"), Part("hour"), Part("minute"), Part("second"));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return null;
        }

        var fraction = int.Parse(iso.Groups["fraction"].Value.PadRight(3, '0')[..3], CultureInfo.InvariantCulture);
        var offset = (Part("zoneHours") * 60) + Part("zoneMinutes");
        offset = iso.Groups["sign"].Value == "-" ? -offset : offset;
        var wall = new DateTimeOffset(year, month, day, hour, minute, second, fraction, TimeSpan.Zero);
        return new Moment(wall.ToUnixTimeMilliseconds() - (offset * 60_000L), offset);
    }

    [GeneratedRegex(
        @"^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)" +
        @"([T ](?<hour>\d\d):(?<minute>\d\d)(:(?<second>\d\d)([.,](?<fraction>\d+))?)?" +
        @"\s*(Z|(?<sign>[+-])(?<zoneHours>\d\d):?(?<zoneMinutes>\d\d)?)?)?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex IsoTime();
}
