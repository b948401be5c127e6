namespace TandemFetch.Sandbox.Pump;

/// <summary>The battery runs empty: the clock starts again at a date in the past, and no entry records it.</summary>
/// <param name="At">True time at which the pump switches off.</param>
/// <param name="Off">How long it is off.</param>
/// <param name="FirstDay">The date with which the clock starts: the first day of 2008 or of 2020.</param>
/// <param name="Unset">How long it takes after that until the owner sets date and time.</param>
public sealed record EmptyBattery(DateTimeOffset At, TimeSpan Off, DateOnly FirstDay, TimeSpan Unset);
