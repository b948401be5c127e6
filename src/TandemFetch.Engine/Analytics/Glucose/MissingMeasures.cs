using TandemFetch.Records;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>The measures of a group that are empty, and why.</summary>
internal sealed class MissingMeasures
{
    private readonly List<MissingMeasure> _all = [];

    /// <summary>All of them, in the order in which they were found.</summary>
    public IReadOnlyList<MissingMeasure> All => _all;

    /// <summary>Adds measures that are empty for one reason.</summary>
    /// <param name="reason">What they would need, and what there is.</param>
    /// <param name="measures">The properties.</param>
    public void Add(string reason, params IEnumerable<string> measures) =>
        _all.AddRange(measures.Select(measure => new MissingMeasure(measure, reason)));

    /// <summary>Adds those of several measures that are empty.</summary>
    /// <param name="reason">What they would need, and what there is.</param>
    /// <param name="measures">The properties with their values.</param>
    public void AddEmpty(string reason, params IEnumerable<(string Name, double? Value)> measures) =>
        Add(reason, measures.Where(measure => measure.Value is null).Select(measure => measure.Name));
}
