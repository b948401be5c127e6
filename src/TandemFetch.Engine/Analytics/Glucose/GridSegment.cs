namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>Glucose at equal steps without a long gap.</summary>
/// <param name="Step">The step, microseconds.</param>
/// <param name="FirstSlot">The first moment, in steps since 1970 UTC.</param>
/// <param name="Values">mg/dL at each step.</param>
internal sealed record GridSegment(long Step, long FirstSlot, double[] Values)
{
    /// <summary>The moment after the last one, in steps since 1970 UTC.</summary>
    public long EndSlot => FirstSlot + Values.Length;

    /// <summary>The moment of a value, microseconds since 1970 UTC.</summary>
    public long MomentOf(int index) => (FirstSlot + index) * Step;
}
