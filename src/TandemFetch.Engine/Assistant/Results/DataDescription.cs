namespace TandemFetch.Engine.Assistant.Results;

/// <summary>What there is in the file.</summary>
internal sealed record DataDescription(
    ResultBasis Basis, IReadOnlyList<PumpDescription> Pumps, IReadOnlyList<TableDescription> Tables);
