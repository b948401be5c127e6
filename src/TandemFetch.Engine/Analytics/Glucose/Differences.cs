using System.Runtime.CompilerServices;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>
/// Differences of glucose over one length of time: their deviation with n - 1 is CONGA (McDonnell 2005; iglu conga),
/// over 24 hours the mean of their sizes is MODD (Molnar 1972; iglu modd), and over one step the mean of their sizes by
/// the hour is MAG (Hermanides 2010; iglu mag).
/// </summary>
internal record struct Differences
{
    private Spread _spread;
    private double _sizes;

    /// <summary>How many pairs of values there are so far apart.</summary>
    public readonly int Pairs => _spread.Count;

    /// <summary>The standard deviation of the differences, mg/dL; null with fewer than two.</summary>
    public readonly double? Deviation => _spread.Deviation;

    /// <summary>The mean size of the differences, mg/dL; meaningless without any.</summary>
    public readonly double MeanSize => _sizes / Pairs;

    /// <summary>Adds a difference.</summary>
    /// <param name="difference">mg/dL.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double difference)
    {
        _spread.Add(difference);
        _sizes += Math.Abs(difference);
    }
}
