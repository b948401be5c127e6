namespace TandemFetch.Engine.Tests.Analytics;

/// <summary>
/// Two weeks of glucose by a formula, for which other tools have published numbers: five-minute readings with gaps, a
/// low night, lows and a high, from 2026-01-01 on in UTC.
/// </summary>
internal static class SyntheticSeries
{
    /// <summary>How many steps of five minutes there are.</summary>
    public const int Steps = 4032;

    /// <summary>The first reading.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Five-minute readings.</summary>
    public static IReadOnlyList<(DateTimeOffset Time, int Glucose)> Syn5 { get; } = Every(1);

    /// <summary>Every third step: fifteen-minute readings.</summary>
    public static IReadOnlyList<(DateTimeOffset Time, int Glucose)> Syn15 { get; } = Every(3);

    private static List<(DateTimeOffset Time, int Glucose)> Every(int steps) =>
    [
        .. Enumerable.Range(0, Steps)
            .Where(i => i % steps == 0 && !IsMissing(i))
            .Select(i => (Start.AddMinutes(5 * i), GlucoseAt(i))),
    ];

    private static bool IsMissing(int i) => i is (>= 500 and < 560) or (>= 1500 and < 1503) || i % 97 == 5;

    private static int GlucoseAt(int i)
    {
        var value = 150
            + (70 * Math.Sin(2 * Math.PI * i / 288))
            + (30 * Math.Sin(2 * Math.PI * i / 61))
            + (20 * Math.Cos(2 * Math.PI * i / 1009))
            + i switch
            {
                >= 2000 and < 2040 => -75,
                >= 2600 and < 2630 => -70,
                >= 3000 and < 3050 => 80,
                _ => 0,
            };
        return (int)Math.Clamp(Math.Floor(value + 0.5), 40, 400);
    }
}
