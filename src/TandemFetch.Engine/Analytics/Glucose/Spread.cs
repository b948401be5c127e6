using System.Runtime.CompilerServices;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>
/// Mean and standard deviation of numbers, of which only sums are stored: of their distances from the first one, so that
/// numbers that are all the same have no deviation.
/// </summary>
internal record struct Spread
{
    private double _first;
    private double _sum;
    private double _squares;

    /// <summary>How many numbers there are.</summary>
    public int Count { get; private set; }

    /// <summary>Their mean; meaningless without any.</summary>
    public readonly double Mean => _first + (_sum / Count);

    /// <summary>Their standard deviation, with n - 1; null with fewer than two.</summary>
    public readonly double? Deviation => Count > 1
        ? Math.Sqrt(Math.Max(0, _squares - (_sum * _sum / Count)) / (Count - 1))
        : null;

    /// <summary>Adds a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double number)
    {
        if (Count++ == 0)
        {
            _first = number;
        }

        var distance = number - _first;
        _sum += distance;
        _squares += distance * distance;
    }

    /// <summary>The numbers of a list.</summary>
    public static Spread Of(IEnumerable<double> numbers)
    {
        var spread = default(Spread);
        foreach (var number in numbers)
        {
            spread.Add(number);
        }

        return spread;
    }
}
