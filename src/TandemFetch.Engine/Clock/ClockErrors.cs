namespace TandemFetch.Engine.Clock;

/// <summary>Ids of the failures of clocks and zones.</summary>
public static class ClockErrors
{
    /// <summary>There is no time zone of that name.</summary>
    public const string TimeZoneUnknown = nameof(TimeZoneUnknown);
}
