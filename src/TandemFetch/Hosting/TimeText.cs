using System.Globalization;
using System.Text.RegularExpressions;

namespace TandemFetch.Hosting;

/// <summary>
/// Parses moments and durations as people type them: <c>7d</c>, <c>24h</c>, <c>yesterday</c>, <c>2026-04-01 08:00</c>.
/// </summary>
internal static partial class TimeText
{
    private const char MinutesOrMonths = 'M';
    private const int DaysOfMonth = 30;

    /// <summary>Describes the forms of a moment.</summary>
    public const string MomentForms =
        "Use how long ago (90m for minutes, 24h for hours, 7d for days, 2w for weeks), now, today, yesterday, a time "
        + "of today (08:00), or a date and time (2026-04-01, 2026-04-01 08:00, 2026-04-01T08:00:00Z).";

    /// <summary>Describes the forms of a duration.</summary>
    public const string LengthForms =
        "Use a number and its unit (90m for minutes, 24h for hours, 7d for days, 2w for weeks, 1d12h), or "
        + "hours:minutes[:seconds].";

    /// <summary>
    /// Parses a moment; returns null if the text is not one. A moment with neither zone nor offset is in the pump's
    /// zone.
    /// </summary>
    /// <param name="text">What was typed.</param>
    /// <param name="now">The current time.</param>
    public static Moment? ParseMoment(string text, DateTimeOffset now)
    {
        text = text.Trim();
        return text.ToUpperInvariant() switch
        {
            "NOW" => now,
            "TODAY" => Moment.OfDay(now, daysAgo: 0),
            "YESTERDAY" => Moment.OfDay(now, daysAgo: 1),
            _ when ParseUnits(text) is { } ago => Before(now, ago) is { } moment ? (Moment)moment : null,
            _ => ParseDate(text, now),
        };
    }

    /// <summary>
    /// Parses a duration; returns null if the text is not one. A number without a unit is not a duration, except for 0.
    /// </summary>
    public static TimeSpan? ParseLength(string text)
    {
        text = text.Trim();
        if (ParseUnits(text) is { } length)
        {
            return length;
        }

        return text == "0" || text.Contains(':', StringComparison.Ordinal)
            ? TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : null
            : null;
    }

    /// <summary>
    /// What is ambiguous about a text: many people write minutes with a small m and months with a capital one. Null if
    /// nothing is.
    /// </summary>
    public static string? Ambiguity(string text)
    {
        text = text.Trim();
        if (!IsAmbiguous(text))
        {
            return null;
        }

        var minutes = text.Replace(MinutesOrMonths, 'm');
        var days = Unit().Replace(text, part => part.Value.EndsWith(MinutesOrMonths)
            ? FormattableString.Invariant($"{NumberOf(part) * DaysOfMonth}d")
            : part.Value);
        return $"'{text}' is ambiguous: minutes or months? Use {minutes} for minutes, "
            + $"or {days} for months of {DaysOfMonth} days.";
    }

    private static bool IsAmbiguous(string text) =>
        Units().IsMatch(text) && text.Contains(MinutesOrMonths, StringComparison.Ordinal);

    private static DateTimeOffset? Before(DateTimeOffset now, TimeSpan ago) =>
        ago < now - DateTimeOffset.UnixEpoch ? now - ago : null;

    private static TimeSpan? ParseUnits(string text)
    {
        if (!Units().IsMatch(text) || IsAmbiguous(text))
        {
            return null;
        }

        var days = Unit().Matches(text).Sum(part => NumberOf(part) * DaysOf(part.Groups["unit"].Value));
        return days < TimeSpan.MaxValue.TotalDays ? TimeSpan.FromDays(days) : null;
    }

    private static double NumberOf(Match part) =>
        double.Parse(part.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);

    private static double DaysOf(string unit) => unit.ToUpperInvariant() switch
    {
        "W" => 7,
        "D" => 1,
        "H" => 1 / 24.0,
        _ => 1 / 1440.0,
    };

    private static Moment? ParseDate(string text, DateTimeOffset now)
    {
        const DateTimeStyles styles = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.NoCurrentDateDefault;
        if (Number().IsMatch(text) || !DateTime.TryParse(text, CultureInfo.InvariantCulture, styles | DateTimeStyles.RoundtripKind, out var time))
        {
            return null;
        }

        if (time.Kind != DateTimeKind.Unspecified)
        {
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var moment) ? (Moment)moment : null;
        }

        // A text without a date gives the year 1, which means a time of today.
        return time.Year == 1 ? Moment.OfDay(now, daysAgo: 0, time.TimeOfDay) : Moment.OfClock(time);
    }

    [GeneratedRegex(@"^(\d+(\.\d+)?[wdhm])+$", RegexOptions.IgnoreCase)]
    private static partial Regex Units();

    [GeneratedRegex(@"(?<number>\d+(\.\d+)?)(?<unit>[wdhm])", RegexOptions.IgnoreCase)]
    private static partial Regex Unit();

    [GeneratedRegex(@"^[\d.,+-]*$(?<!\d{4}-\d{1,2}-\d{1,2})")]
    private static partial Regex Number();
}
