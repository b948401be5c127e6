using System.Runtime.CompilerServices;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>
/// How many steps between the readings of a sensor look like those of 1, 5 and 15 minutes, in one hour.
/// </summary>
/// <param name="Hour">The hour, counted from 1970 UTC on.</param>
internal record struct HourOfSteps(long Hour)
{
    private int _ones;
    private int _fives;
    private int _fifteens;

    /// <summary>Counts a step that could not be two of one kind or a part of another.</summary>
    /// <param name="step">Microseconds.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(long step)
    {
        switch (step)
        {
            case >= LocalTime.Minute / 2 and < 3 * LocalTime.Minute:
                _ones++;
                break;
            case >= 3 * LocalTime.Minute and < 15 * LocalTime.Minute / 2:
                _fives++;
                break;
            case >= 25 * LocalTime.Minute / 2 and < 35 * LocalTime.Minute / 2:
                _fifteens++;
                break;
        }
    }

    /// <summary>Adds the steps of another hour.</summary>
    public void Add(HourOfSteps other)
    {
        _ones += other._ones;
        _fives += other._fives;
        _fifteens += other._fifteens;
    }

    /// <summary>The interval that most steps have, and of as many the shorter one, microseconds; null for no steps.
    /// </summary>
    public readonly int? Interval => (_ones + _fives + _fifteens) switch
    {
        0 => null,
        _ when _ones >= _fives && _ones >= _fifteens => LocalTime.Minute,
        _ when _fives >= _fifteens => 5 * LocalTime.Minute,
        _ => 15 * LocalTime.Minute,
    };
}
