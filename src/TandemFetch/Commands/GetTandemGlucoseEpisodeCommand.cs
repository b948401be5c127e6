using System.Management.Automation;
using TandemFetch.Engine.Analytics.Episodes;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>
/// Gets episodes of low and high glucose, oldest first, with the insulin and carbohydrates around them.
/// </summary>
[Cmdlet(VerbsCommon.Get, "TandemGlucoseEpisode")]
[OutputType(typeof(GlucoseEpisode))]
public sealed class GetTandemGlucoseEpisodeCommand : AnalysisListCommand
{
    /// <summary>Only episodes of these kinds; all of them unless given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public EpisodeKind[]? Kind { get; set; }

    /// <inheritdoc/>
    private protected override IEnumerable<object> Find(TandemDatabase database, RecordFilter filter) =>
        GlucoseEpisodes.Find(database, filter, StopToken).Where(episode => Kind?.Contains(episode.Kind) != false);
}
