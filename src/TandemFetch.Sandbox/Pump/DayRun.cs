namespace TandemFetch.Sandbox.Pump;

/// <summary>Neighbouring entries of one day of pump time. A day has several runs when the clock was set across midnight.</summary>
internal readonly record struct DayRun(int Day, int First);
