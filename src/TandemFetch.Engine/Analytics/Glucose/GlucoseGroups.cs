using TandemFetch.Records;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>What a log is split by, and what its groups can be measured for.</summary>
/// <param name="Grouping">A time; null for one group.</param>
internal sealed record GlucoseGroups(GlucoseGrouping? Grouping)
{
    /// <summary>The name by which the statements know it; empty for one group.</summary>
    public string Name { get; } = Grouping?.ToString() ?? "";

    /// <summary>Whether a group is one stretch of time, which excursions can be followed through.</summary>
    public bool IsContinuous =>
        Grouping is null or GlucoseGrouping.Day or GlucoseGrouping.Week or GlucoseGrouping.Month;

    /// <summary>Whether a group consists of whole days.</summary>
    public bool HasWholeDays => IsContinuous || Grouping == GlucoseGrouping.Weekday;

    /// <summary>A group as it is shown: <c>1 Monday</c> is sorted by its number.</summary>
    /// <param name="bucket">The name of the group in the statements.</param>
    public string? LabelOf(string bucket) =>
        Grouping is null ? null : bucket[(bucket.IndexOf(' ', StringComparison.Ordinal) + 1)..];
}
