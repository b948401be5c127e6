namespace TandemFetch.Engine.Assistant.Results;

/// <summary>Boluses, the newest of a period.</summary>
internal sealed record BolusList(ResultBasis Basis, long Total, IReadOnlyList<BolusDescription> Boluses);
