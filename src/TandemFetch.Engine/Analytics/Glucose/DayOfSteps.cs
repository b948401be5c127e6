namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>A local day on the grid.</summary>
/// <param name="number">The day, counted from 1970-01-01 on.</param>
internal sealed class DayOfSteps(int number)
{
    private Spread _values;

    /// <summary>The day, counted from 1970-01-01 on.</summary>
    public int Number => number;

    /// <summary>Its values, mg/dL.</summary>
    public ref Spread Values => ref _values;
}
