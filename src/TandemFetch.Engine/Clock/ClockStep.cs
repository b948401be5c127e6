namespace TandemFetch.Engine.Clock;

/// <summary>Where the clock goes back, or far ahead, from one entry to the next without a setting.</summary>
/// <param name="Position">Place of the first entry after the step.</param>
/// <param name="Before">The clock at the entry before.</param>
/// <param name="After">The clock at the first entry after; where that is a setting, what it showed before it was
/// set.</param>
public readonly record struct ClockStep(long Position, PumpTime Before, PumpTime After)
{
    /// <summary>By how much the clock went forward; negative for back.</summary>
    public TimeSpan Size => After - Before;
}
