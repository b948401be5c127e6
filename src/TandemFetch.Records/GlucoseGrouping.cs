namespace TandemFetch.Records;

/// <summary>
/// Into which groups a period is split. Days, hours and parts of the day are those of the pump's zone.
/// </summary>
public enum GlucoseGrouping
{
    /// <summary>Days from midnight to midnight; 23 or 25 hours where the clocks change.</summary>
    Day,

    /// <summary>Weeks from Monday to Sunday, named by ISO 8601: <c>2026-W14</c>.</summary>
    Week,

    /// <summary>Months: <c>2026-04</c>.</summary>
    Month,

    /// <summary>Days of the week.</summary>
    Weekday,

    /// <summary>Hours of the day: <c>00</c> to <c>23</c>.</summary>
    Hour,

    /// <summary>Night, from 0 to 6 o'clock, and day, from 6 to 24 o'clock.</summary>
    DayPart,

    /// <summary>Kinds of glucose sensor.</summary>
    Sensor,

    /// <summary>Pumps.</summary>
    Pump,
}
