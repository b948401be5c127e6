using TandemFetch.Records;

namespace TandemFetch.Engine.Analytics.Episodes;

/// <summary>An episode as it was found on the grid.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Began">Its first step, microseconds since 1970 UTC.</param>
/// <param name="Ended">The end of its last step, microseconds since 1970 UTC.</param>
/// <param name="ExtremeAt">The moment of its lowest or highest value.</param>
/// <param name="Extreme">That value, mg/dL.</param>
/// <param name="Mean">Its mean, mg/dL.</param>
/// <param name="IsCutOff">Whether a gap or the end of the readings ends it.</param>
internal sealed record EpisodeSpan(
    EpisodeKind Kind, long Began, long Ended, long ExtremeAt, double Extreme, double Mean, bool IsCutOff)
{
    /// <summary>Whether it is about low glucose.</summary>
    public bool IsLow => Kind <= EpisodeKind.HypoExtended;
}
