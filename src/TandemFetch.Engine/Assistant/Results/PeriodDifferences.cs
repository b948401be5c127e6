using TandemFetch.Records;

namespace TandemFetch.Engine.Assistant.Results;

/// <summary>The measures of two periods side by side.</summary>
internal sealed record PeriodDifferences(
    ResultBasis Basis,
    DateTimeOffset ReferenceSince,
    DateTimeOffset ReferenceUntil,
    IReadOnlyList<MeasureDifference> Measures);
