using System.Runtime.CompilerServices;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>How often and how long a value was measured.</summary>
/// <param name="Glucose">mg/dL.</param>
internal record struct TimeOfValue(int Glucose)
{
    /// <summary>How many readings have it.</summary>
    public int Readings { get; private set; }

    /// <summary>The time that they stand for, microseconds.</summary>
    public long Time { get; private set; }

    /// <summary>The shortest time that one of them stands for.</summary>
    public int Shortest { get; private set; }

    /// <summary>The longest time that one of them stands for.</summary>
    public int Longest { get; private set; }

    /// <summary>Adds a reading.</summary>
    /// <param name="stands">The time that it stands for, microseconds.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int stands)
    {
        Shortest = Readings == 0 ? stands : Math.Min(Shortest, stands);
        Longest = Math.Max(Longest, stands);
        Readings++;
        Time += stands;
    }
}
