namespace TandemFetch.Sandbox.Pump;

/// <summary>What happens to the clock, mostly by the owner's intention.</summary>
/// <param name="Utc">When, in Unix milliseconds.</param>
/// <param name="RightAt">
/// The moment whose local time is considered correct: later than <paramref name="Utc"/> if summer time is set early.
/// </param>
/// <param name="Kind">Why.</param>
internal sealed record ClockAction(long Utc, long RightAt, ClockActionKind Kind)
{
    /// <summary>For a wrong date, how wrong and for how long.</summary>
    public DateSlip? Slip { get; init; }

    /// <summary>For an empty battery, what happens next.</summary>
    public EmptyBattery? Battery { get; init; }
}
