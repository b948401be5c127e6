namespace TandemFetch.Engine.Pipeline;

/// <summary>The time zone that a pump's clock is set to, by its IANA name.</summary>
public static class PumpZone
{
    /// <summary>The zone of a name.</summary>
    /// <param name="name">An IANA name such as <c>America/New_York</c>.</param>
    /// <exception cref="TandemException"><see cref="PipelineErrors.TimeZoneUnknown"/>.</exception>
    public static TimeZoneInfo Find(string name)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return zone;
        }

        throw new TandemException(
            PipelineErrors.TimeZoneUnknown,
            TandemErrorKind.InvalidArgument,
            $"There is no time zone '{name}'. Use an IANA name such as America/New_York or Europe/Berlin.",
            name);
    }
}
