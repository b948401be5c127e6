namespace TandemFetch.Engine.Clock;

/// <summary>An entry 13 or 14: somebody set the time or the date of the pump.</summary>
/// <param name="Position">Its log position.</param>
/// <param name="PumpTime">The pump's wall clock right after it.</param>
/// <param name="Change">By how much the clock went forward; negative if it went back.</param>
public sealed record ClockSetting(long Position, PumpTime PumpTime, TimeSpan Change)
{
    /// <summary>One visit to the settings screen writes the date and the time within this interval.</summary>
    internal const long AdjacentPositions = 2;

    /// <summary>The pump's wall clock right before it.</summary>
    public PumpTime Before => PumpTime.Plus(-Change);
}
