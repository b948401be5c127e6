namespace TandemFetch.Engine.Clock;

/// <summary>One entry 13 or 14: somebody set the time or the date of the pump.</summary>
/// <param name="Position">Its place in the pump's log.</param>
/// <param name="PumpTime">The pump's wall clock right after it.</param>
/// <param name="Change">By how much the clock went forward; negative for back.</param>
public readonly record struct ClockSetting(long Position, PumpTime PumpTime, TimeSpan Change)
{
    /// <summary>One visit to the settings screen writes the date and the time so near to each other.</summary>
    internal const long AdjacentPositions = 2;

    /// <summary>The pump's wall clock right before it.</summary>
    public PumpTime Before => PumpTime.Plus(-Change);
}
