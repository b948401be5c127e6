using System.Globalization;

namespace TandemFetch.Records;

/// <summary>The notation of days, <c>yyyy-MM-dd</c>. They are text for the same reason as durations.</summary>
/// <seealso cref="DurationText"/>
public static class DayText
{
    /// <summary>The text of a day.</summary>
    public static string Of(DateOnly day) => day.ToString("o", CultureInfo.InvariantCulture);

    /// <summary>
    /// The day of a text, or null if there is none. In PowerShell, <c>-as [DateOnly]</c> would read it in the calendar
    /// of the session.
    /// </summary>
    public static DateOnly? Parse(string? day) => string.IsNullOrEmpty(day)
        ? null
        : DateOnly.ParseExact(day, "o", CultureInfo.InvariantCulture);

    /// <summary>The text of a day, or null if there is none.</summary>
    public static string? Of(DateOnly? day) => day is { } known ? Of(known) : null;
}
