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

    // The years of other calendars, in which 2026 is 1405, 1448 or 2569, are far from those of any pump.
    private const int FirstPlausibleYear = 1990;
    private const int LastPlausibleYear = 2100;

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
    /// What is ambiguous about a text: the order of day and month, or minutes and months, which many people write with
    /// a small and a capital m. Null if nothing is.
    /// </summary>
    public static string? Ambiguity(string text)
    {
        text = text.Trim();
        if (Readings(text) is [var one, var other])
        {
            return FormattableString.Invariant($"'{text}' is ambiguous: {one.Clock:yyyy-MM-dd} or ")
                + FormattableString.Invariant($"{other.Clock:yyyy-MM-dd}? Write the year first.");
        }

        if (!CanBeMonths(text))
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

    private static bool CanBeMonths(string text) =>
        Units().IsMatch(text) && text.Contains(MinutesOrMonths, StringComparison.Ordinal);

    private static DateTimeOffset? Before(DateTimeOffset now, TimeSpan ago) =>
        ago < now - DateTimeOffset.UnixEpoch ? now - ago : null;

    private static TimeSpan? ParseUnits(string text)
    {
        if (!Units().IsMatch(text) || CanBeMonths(text))
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

    private static Moment? ParseDate(string text, DateTimeOffset now) => Readings(text) switch
    {
        [{ Moment: { } moment }] => Moment.FromDateTimeOffset(moment),

        // A text without a date gives the year 1, which means a time of today.
        [{ Clock: { Year: 1 } clock }] => Moment.OfDay(now, daysAgo: 0, clock.TimeOfDay),
        [{ Clock: var clock }] => Moment.OfClock(clock),
        _ => null,
    };

    /// <summary>
    /// What a date can mean: as PowerShell reads it in scripts, and as the user's language and calendar write it. A
    /// date that begins with its year, as in ISO 8601, means one thing only.
    /// </summary>
    private static IReadOnlyList<(DateTime Clock, DateTimeOffset? Moment)> Readings(string text)
    {
        if (Number().IsMatch(text))
        {
            return [];
        }

        var invariant = Read(text, CultureInfo.InvariantCulture);
        if (IsoDate().IsMatch(text) || invariant is { Clock.Year: 1 })
        {
            return invariant is { } only ? [only] : [];
        }

        return
        [
            .. new[] { invariant, Read(text, CultureInfo.CurrentCulture) }
                .OfType<(DateTime Clock, DateTimeOffset? Moment)>()
                .Where(read => read.Clock.Year is >= FirstPlausibleYear and <= LastPlausibleYear)
                .Distinct(),
        ];
    }

    private static (DateTime Clock, DateTimeOffset? Moment)? Read(string text, CultureInfo culture)
    {
        const DateTimeStyles styles = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.NoCurrentDateDefault;
        if (!DateTime.TryParse(text, culture, styles | DateTimeStyles.RoundtripKind, out var clock))
        {
            return null;
        }

        if (clock.Kind == DateTimeKind.Unspecified)
        {
            return (clock, null);
        }

        return DateTimeOffset.TryParse(text, culture, DateTimeStyles.AllowWhiteSpaces, out var moment)
            ? (moment.DateTime, moment)
            : null;
    }

    [GeneratedRegex(@"^(\d+(\.\d+)?[wdhm])+$", RegexOptions.IgnoreCase)]
    private static partial Regex Units();

    [GeneratedRegex(@"(?<number>\d+(\.\d+)?)(?<unit>[wdhm])", RegexOptions.IgnoreCase)]
    private static partial Regex Unit();

    [GeneratedRegex(@"^\d{4}-\d")]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"^[\d.,+-]*$(?<!\d{4}-\d{1,2}-\d{1,2})")]
    private static partial Regex Number();
}
