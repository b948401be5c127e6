namespace TandemFetch.Engine.Clock;

/// <summary>A span of the clock while it is being resolved.</summary>
/// <param name="FirstPosition">First log position.</param>
/// <param name="Begins">The clock at its beginning; null if unknown.</param>
/// <param name="Ends">The clock at its end.</param>
/// <param name="Slip">By how much its clock is ahead of that of the last stretch of its run.</param>
/// <param name="IsHalfSet">Whether it lies between two settings of one visit to the settings screen.</param>
internal sealed record ClockStretch(long FirstPosition, PumpTime? Begins, PumpTime Ends, TimeSpan Slip, bool IsHalfSet)
{
    /// <summary>How long the clock ran in it.</summary>
    public TimeSpan Duration => Begins is { } begins && Ends - begins > TimeSpan.Zero ? Ends - begins : TimeSpan.Zero;
}
