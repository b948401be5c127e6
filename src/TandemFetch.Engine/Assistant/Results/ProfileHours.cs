using TandemFetch.Records;

namespace TandemFetch.Engine.Assistant.Results;

/// <summary>The glucose profile: percentiles by hour of the day.</summary>
internal sealed record ProfileHours(ResultBasis Basis, IReadOnlyList<GlucoseProfileHour> Hours);
