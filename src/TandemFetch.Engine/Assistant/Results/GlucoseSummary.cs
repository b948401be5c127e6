using TandemFetch.Records;

namespace TandemFetch.Engine.Assistant.Results;

/// <summary>The glucose of a period, as a whole and by groups if they were asked for.</summary>
internal sealed record GlucoseSummary(ResultBasis Basis, GlucoseMetrics Whole, IReadOnlyList<GlucoseMetrics> Groups);
