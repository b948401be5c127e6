using TandemFetch.Records;

namespace TandemFetch.Engine.Assistant.Results;

/// <summary>Insulin and carbohydrates of a period, averages by day.</summary>
internal sealed record InsulinSummary(ResultBasis Basis, InsulinMetrics Averages);
