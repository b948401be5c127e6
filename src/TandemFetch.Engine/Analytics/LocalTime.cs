namespace TandemFetch.Engine.Analytics;

/// <summary>Lengths of time in microseconds, and parts of local times that are counted from 1970 on.</summary>
internal static class LocalTime
{
    /// <summary>A minute.</summary>
    public const int Minute = 60_000_000;

    /// <summary>An hour.</summary>
    public const long Hour = 60L * Minute;

    /// <summary>A day of 24 hours.</summary>
    public const long Day = 24 * Hour;

    /// <summary>The day of a local time, counted from 1970-01-01 on.</summary>
    public static int DayOf(long localTime) => (int)(localTime / Day);

    /// <summary>A day as a date.</summary>
    /// <param name="day">Counted from 1970-01-01 on.</param>
    public static DateOnly DateOf(int day) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day);

    /// <summary>A date as a day, counted from 1970-01-01 on.</summary>
    public static int NumberOf(DateOnly date) => date.DayNumber - DateOf(0).DayNumber;
}
