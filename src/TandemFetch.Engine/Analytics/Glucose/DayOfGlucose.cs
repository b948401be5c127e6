using System.Runtime.CompilerServices;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>The readings of a local day in short.</summary>
/// <param name="number">The day, counted from 1970-01-01 on.</param>
internal sealed class DayOfGlucose(int number)
{
    /// <summary>The day, counted from 1970-01-01 on.</summary>
    public int Number => number;

    /// <summary>How many readings there are.</summary>
    public int Readings { get; private set; }

    /// <summary>The lowest value, mg/dL.</summary>
    public int Lowest { get; private set; } = int.MaxValue;

    /// <summary>The highest value, mg/dL.</summary>
    public int Highest { get; private set; }

    /// <summary>Adds a reading.</summary>
    /// <param name="glucose">mg/dL.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int glucose)
    {
        Readings++;
        Lowest = Math.Min(Lowest, glucose);
        Highest = Math.Max(Highest, glucose);
    }
}
