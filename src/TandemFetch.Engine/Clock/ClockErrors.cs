namespace TandemFetch.Engine.Clock;

/// <summary>Error ids of clocks and zones.</summary>
public static class ClockErrors
{
    /// <summary>There is no time zone with that name.</summary>
    public const string TimeZoneUnknown = nameof(TimeZoneUnknown);
}
