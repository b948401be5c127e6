using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Clock;

/// <summary>
/// A reading of the pump's own wall clock. It has no zone, and a time can occur twice if the clock is set back, so it
/// is a separate type that cannot be mistaken for a point in time.
/// </summary>
/// <param name="Microseconds">Microseconds since 1970-01-01 00:00 on that clock.</param>
public readonly record struct PumpTime(long Microseconds) : IComparable<PumpTime>
{
    /// <summary>How far apart two readings are.</summary>
    public static TimeSpan operator -(PumpTime left, PumpTime right) =>
        TimeSpan.FromTicks((left.Microseconds - right.Microseconds) * TimeSpan.TicksPerMicrosecond);

    /// <summary>
    /// The clock as a <see cref="DateTime"/> of unspecified kind; the first or last possible value if it is out of
    /// range.
    /// </summary>
    public DateTime ToDateTime() => new(
        (long)Int128.Clamp(
            DateTime.UnixEpoch.Ticks + ((Int128)Microseconds * TimeSpan.TicksPerMicrosecond), DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks),
        DateTimeKind.Unspecified);

    /// <summary>The reading of a clock that shows this date and time.</summary>
    public static PumpTime From(DateTime clock) =>
        new(UnixTime.Microseconds(clock));

    /// <summary>The reading of a clock that was set forward by <paramref name="change"/>.</summary>
    public PumpTime Plus(TimeSpan change) => new(Microseconds + (change.Ticks / TimeSpan.TicksPerMicrosecond));

    /// <summary>True time, for a clock that is ahead of UTC by <paramref name="aheadOfUtc"/>.</summary>
    public DateTimeOffset ToUtc(TimeSpan aheadOfUtc) => new(Plus(-aheadOfUtc).ToDateTime(), TimeSpan.Zero);

    /// <inheritdoc/>
    public int CompareTo(PumpTime other) => Microseconds.CompareTo(other.Microseconds);
}
