using TandemFetch.Records;

namespace TandemFetch.Engine.Reading;

/// <summary>A row of <c>clock_spans</c>.</summary>
internal sealed record ClockSpanRow(
    string DeviceAssignmentId,
    long FirstPosition,
    long? LastPosition,
    DateTime? FirstPumpTime,
    int? UtcOffsetMinutes,
    long? DriftMs,
    string ResolvedBy)
{
    /// <summary>The span with the true time of its beginning, in the pump's zone.</summary>
    public ClockSpan ToRecord(PumpDisplay pump)
    {
        TimeSpan? offset = UtcOffsetMinutes is { } minutes ? TimeSpan.FromMinutes((double)minutes) : null;
        TimeSpan? drift = DriftMs is { } milliseconds ? TimeSpan.FromMilliseconds((double)milliseconds) : null;
        return new ClockSpan
        {
            PumpSerial = pump.Label,
            Since = FirstPumpTime is { } clock && offset + drift is { } ahead ? pump.Zone.ToLocal(Clock.PumpTime.From(clock).ToUtc(ahead)) : null,
            PumpTime = FirstPumpTime,
            UtcOffsetValue = offset,
            DriftValue = drift,
            ResolvedBy = ResolvedBy,
            FirstPosition = FirstPosition,
            LastPosition = LastPosition,
        };
    }
}
