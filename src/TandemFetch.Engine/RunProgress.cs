namespace TandemFetch.Engine;

/// <summary>The progress of a stage.</summary>
/// <param name="Activity">The stage and the pump, such as <c>Fetch pump 90556643</c>.</param>
/// <param name="Status">
/// What is being done now, such as <c>2026-04-01 to 2026-04-28, window 3 of 12, 41,200 rows</c>.
/// </param>
/// <param name="Done">Units of work finished.</param>
/// <param name="Total">Total units of work; 0 if unknown.</param>
/// <param name="Remaining">Estimated time left, based on the work done so far, or null while unknown.</param>
public sealed record RunProgress(string Activity, string Status, int Done, int Total, TimeSpan? Remaining)
{
    /// <summary>The activity of which this one is a part, or null.</summary>
    public string? Parent { get; init; }
}
