using System.Globalization;
using System.Text.RegularExpressions;
using TandemFetch.Engine.Clock;

namespace TandemFetch.Engine.Assistant.Tools;

/// <summary>Moments as an assistant writes them.</summary>
internal static partial class MomentText
{
    private static readonly string[] Clocks =
        ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss"];

    private static readonly string[] Exact =
        ["yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    /// <summary>Parses a moment.</summary>
    /// <param name="argument">The name of the argument.</param>
    /// <param name="text">Its value.</param>
    /// <param name="zone">The zone of dates and times without an offset.</param>
    /// <param name="now">The current time.</param>
    /// <exception cref="TandemException"><see cref="AssistantErrors.ArgumentInvalid"/>.</exception>
    public static DateTimeOffset Parse(string argument, string text, ZoneOffsets zone, DateTimeOffset now)
    {
        const DateTimeStyles styles = DateTimeStyles.AllowWhiteSpaces;
        var culture = CultureInfo.InvariantCulture;
        text = text.Trim();
        if (Ago().Match(text) is { Success: true } ago && LengthOf(ago) is { } length)
        {
            return now - length;
        }

        var today = DateOnly.FromDateTime(zone.ToLocal(now).DateTime);
        return text.ToUpperInvariant() switch
        {
            "NOW" => now,
            "TODAY" => zone.StartOf(today),
            "YESTERDAY" => zone.StartOf(today.AddDays(-1)),
            _ when DateTime.TryParseExact(text, Clocks, culture, styles, out var clock) && IsPlausible(clock) =>
                zone.FirstAt(clock),
            _ when DateTimeOffset.TryParseExact(text, Exact, culture, styles, out var moment)
                && IsPlausible(moment.DateTime) => moment,
            _ => throw ToolArguments.Invalid(
                $"'{argument}' is not a time. Use a date (2026-04-01), a date and time (2026-04-01 08:00, "
                + "2026-04-01T08:00:00Z), how long ago (24h, 14d, 8w), today, yesterday or now."),
        };
    }

    private static bool IsPlausible(DateTime clock) => clock.Year is >= 1990 and <= 2100;

    private static TimeSpan? LengthOf(Match ago)
    {
        var number = int.Parse(ago.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        var hours = ago.Groups["unit"].Value.ToUpperInvariant() switch { "W" => 168, "D" => 24, _ => 1 };
        var length = TimeSpan.FromHours((double)number * hours);
        return length.TotalDays < 36_500 ? length : null;
    }

    [GeneratedRegex(
        @"\A(?<number>[0-9]{1,7})(?<unit>[hdw])\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ago();
}
