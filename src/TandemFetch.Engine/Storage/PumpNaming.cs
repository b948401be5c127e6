namespace TandemFetch.Engine.Storage;

/// <summary>What a pump is called and in which zone its times are shown.</summary>
internal sealed class PumpNaming(string? serialNumber, TimeZoneInfo zone)
{
    private const long MicrosecondsPerQuarter = 15 * 60 * 1_000_000L;

    // Zones change their offset on full quarters of an hour, and rows come in order of time: one look-up serves many rows.
    private long _quarter = long.MinValue;
    private TimeSpan _offset;

    /// <summary>A pump that the file says nothing of.</summary>
    public static PumpNaming Stranger => new(null, TimeZoneInfo.Utc);

    public string? SerialNumber { get; } = serialNumber;

    public TimeZoneInfo Zone { get; } = zone;

    /// <summary>A time in UTC as a time in a zone that may be unknown; UTC then.</summary>
    public static DateTimeOffset? ToLocal(DateTime? utc, string? zone)
    {
        if (utc is not { } time)
        {
            return null;
        }

        var known = zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : TimeZoneInfo.Utc;
        return TimeZoneInfo.ConvertTime(new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)), known);
    }

    /// <summary>Microseconds since 1970 UTC as a time in the pump's zone.</summary>
    public DateTimeOffset ToLocal(long microseconds)
    {
        var utc = new DateTime(DateTime.UnixEpoch.Ticks + (microseconds * TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
        var quarter = microseconds / MicrosecondsPerQuarter;
        if (quarter != _quarter)
        {
            _quarter = quarter;
            _offset = Zone.GetUtcOffset(utc);
        }

        return new DateTimeOffset(DateTime.SpecifyKind(utc + _offset, DateTimeKind.Unspecified), _offset);
    }
}
