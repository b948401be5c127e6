namespace TandemFetch.Sandbox.Pump;

/// <summary>The owner sets a wrong date and corrects it later.</summary>
/// <param name="At">True time of the wrong setting.</param>
/// <param name="Days">By how many days the date is then ahead; negative if it is behind.</param>
/// <param name="Lasts">How long it takes until the date is corrected.</param>
public sealed record DateSlip(DateTimeOffset At, int Days, TimeSpan Lasts);
