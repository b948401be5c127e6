using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Engine.Tests.Support;

/// <summary>Logs for tests that are not about the clock.</summary>
internal static class SoundClocks
{
    /// <summary>
    /// The same habits without dates set wrong and empty batteries, except where a test names them.
    /// </summary>
    public static ClockHabits WithoutMishaps(this ClockHabits habits) => habits with
    {
        DateSlips = habits.DateSlips ?? 0,
        EmptyBatteries = habits.EmptyBatteries ?? 0,
    };
}
