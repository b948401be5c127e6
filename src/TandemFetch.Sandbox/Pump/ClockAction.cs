namespace TandemFetch.Sandbox.Pump;

/// <summary>The owner's intention to set the clock.</summary>
/// <param name="Utc">When, in Unix milliseconds.</param>
/// <param name="RightAt">The moment whose local time counts as right: later than <paramref name="Utc"/> when summer time is set early.</param>
/// <param name="Kind">Why.</param>
internal sealed record ClockAction(long Utc, long RightAt, ClockActionKind Kind);
