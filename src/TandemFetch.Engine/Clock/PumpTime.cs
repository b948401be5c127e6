namespace TandemFetch.Engine.Clock;

/// <summary>
/// A reading of the pump's own wall clock. It has no zone and repeats itself when the clock is set back, so it is a type of its
/// own that cannot be mistaken for a point in time.
/// </summary>
/// <param name="Microseconds">Microseconds since 1970-01-01 00:00 on that clock.</param>
public readonly record struct PumpTime(long Microseconds) : IComparable<PumpTime>
{
    /// <summary>The clock as a <see cref="DateTime"/> of unspecified kind.</summary>
    public DateTime ToDateTime() =>
        DateTime.SpecifyKind(DateTime.UnixEpoch.AddTicks(Microseconds * TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);

    /// <summary>The reading of a clock that shows this date and time.</summary>
    public static PumpTime From(DateTime clock) =>
        new((clock.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);

    /// <summary>True time, for a clock that is ahead of UTC by <paramref name="aheadOfUtc"/>.</summary>
    public DateTimeOffset ToUtc(TimeSpan aheadOfUtc) => new(ToDateTime() - aheadOfUtc, TimeSpan.Zero);

    /// <inheritdoc/>
    public int CompareTo(PumpTime other) => Microseconds.CompareTo(other.Microseconds);
}
