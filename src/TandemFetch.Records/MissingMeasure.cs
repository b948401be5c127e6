namespace TandemFetch.Records;

/// <summary>A number that is empty, and why.</summary>
/// <param name="Measure">The property that is null.</param>
/// <param name="Reason">What it would need, and what there is.</param>
public sealed record MissingMeasure(string Measure, string Reason)
{
    /// <summary>Both in one line.</summary>
    public override string ToString() => $"{Measure}: {Reason}";
}
