namespace TandemFetch.Engine.Clock;

/// <summary>
/// A stretch of the log between two settings or silent jumps of the clock; in it the clock is ahead of UTC by one
/// constant.
/// </summary>
/// <param name="FirstPosition">First place in the log.</param>
/// <param name="LastPosition">Last place in the log; <see cref="long.MaxValue"/> for the newest span.</param>
/// <param name="FirstPumpTime">The clock right after the setting or jump that begins the span; null for the first
/// span.</param>
/// <param name="ZoneOffset">The nearest offset that a zone could have; null where true time cannot be known.</param>
/// <param name="Drift">What the clock is ahead besides, by drift or by being set wrong.</param>
/// <param name="Resolution">How the offset became known.</param>
public sealed record ClockSpan(
    long FirstPosition,
    long LastPosition,
    PumpTime? FirstPumpTime,
    TimeSpan? ZoneOffset,
    TimeSpan Drift,
    SpanResolution Resolution)
{
    /// <summary>By how much the clock is ahead of UTC altogether; null where that cannot be known.</summary>
    public TimeSpan? AheadOfUtc => ZoneOffset + Drift;

    /// <summary>True time of a reading in this span; null where it cannot be known.</summary>
    public DateTimeOffset? Resolve(PumpTime pumpTime) => AheadOfUtc is { } ahead ? pumpTime.ToUtc(ahead) : null;
}
