namespace TandemFetch.Engine.Assistant.Results;

/// <summary>Days, one by one.</summary>
internal sealed record DailySummary(ResultBasis Basis, int Total, IReadOnlyList<DayDescription> Days);
