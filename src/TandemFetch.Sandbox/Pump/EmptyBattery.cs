namespace TandemFetch.Sandbox.Pump;

/// <summary>The battery runs empty: the clock begins again at a day long past, and no entry says so.</summary>
/// <param name="At">True time at which the pump goes out.</param>
/// <param name="Off">How long it is out.</param>
/// <param name="FirstDay">The day that the clock begins with: the first of 2008 or of 2020.</param>
/// <param name="Unset">How long it takes after that until the owner sets date and time.</param>
public sealed record EmptyBattery(DateTimeOffset At, TimeSpan Off, DateOnly FirstDay, TimeSpan Unset);
