using TandemFetch.Records;

namespace TandemFetch.Engine.Assistant.Results;

/// <summary>Episodes of low and high glucose.</summary>
internal sealed record EpisodeList(ResultBasis Basis, int Total, IReadOnlyList<GlucoseEpisode> Episodes);
