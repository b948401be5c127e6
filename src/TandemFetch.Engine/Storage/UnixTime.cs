namespace TandemFetch.Engine.Storage;

/// <summary>Times as DuckDB counts them: in microseconds since 1970.</summary>
internal static class UnixTime
{
    /// <summary>The microseconds of a date and time, whatever clock it is of.</summary>
    public static long Microseconds(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The microseconds of a moment.</summary>
    public static long Microseconds(DateTimeOffset moment) => Microseconds(moment.UtcDateTime);

    /// <summary>The moment of that many microseconds.</summary>
    public static DateTimeOffset At(long microseconds) => DateTimeOffset.UnixEpoch + Length(microseconds);

    /// <summary>A length of time.</summary>
    public static TimeSpan Length(long microseconds) => new(microseconds * TimeSpan.TicksPerMicrosecond);
}
