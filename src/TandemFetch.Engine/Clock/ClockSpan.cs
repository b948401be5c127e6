namespace TandemFetch.Engine.Clock;

/// <summary>
/// The part of the log between two settings or unlogged jumps of the clock, in which the clock's offset from UTC is
/// constant.
/// </summary>
/// <param name="FirstPosition">First log position.</param>
/// <param name="LastPosition">Last log position; <see cref="long.MaxValue"/> for the newest span.</param>
/// <param name="FirstPumpTime">The clock right after the setting or jump that begins the span; null for the first
/// span.</param>
/// <param name="ZoneOffset">The nearest offset that a zone could have; null if true time cannot be known.</param>
/// <param name="Drift">The rest of the offset, caused by drift or by a wrong setting.</param>
/// <param name="Resolution">How the offset was determined.</param>
public sealed record ClockSpan(
    long FirstPosition,
    long LastPosition,
    PumpTime? FirstPumpTime,
    TimeSpan? ZoneOffset,
    TimeSpan Drift,
    SpanResolution Resolution)
{
    /// <summary>The total offset from UTC; null if it cannot be known.</summary>
    public TimeSpan? AheadOfUtc => ZoneOffset + Drift;

    /// <summary>The true time of a reading in this span; null if it cannot be known.</summary>
    public DateTimeOffset? Resolve(PumpTime pumpTime) => AheadOfUtc is { } ahead ? pumpTime.ToUtc(ahead) : null;
}
