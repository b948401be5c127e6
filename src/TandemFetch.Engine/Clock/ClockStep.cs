namespace TandemFetch.Engine.Clock;

/// <summary>A point at which the clock goes back, or far ahead, from one entry to the next without a setting.</summary>
/// <param name="Position">Position of the first entry after the step.</param>
/// <param name="Before">The clock at the entry before the step.</param>
/// <param name="After">
/// The clock at the first entry after the step; if that is a setting, the clock before it was set.
/// </param>
public sealed record ClockStep(long Position, PumpTime Before, PumpTime After)
{
    /// <summary>By how much the clock went forward; negative if it went back.</summary>
    public TimeSpan Size => After - Before;
}
