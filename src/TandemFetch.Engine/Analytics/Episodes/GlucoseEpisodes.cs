using TandemFetch.Engine.Analytics.Glucose;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Analytics.Episodes;

/// <summary>Stretches of low and high glucose, with the insulin and the carbohydrates around them.</summary>
public static class GlucoseEpisodes
{
    /// <summary>How far beyond the period readings are looked at, so that its ends cut no episode.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromDays(2.0);

    /// <summary>The episodes that begin in a period, oldest first.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="filter">The period and the pumps; several pumps are measured as one log.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, <c>TimeZoneUnknown</c>.</exception>
    public static IReadOnlyList<GlucoseEpisode> Find(
        TandemDatabase database, RecordFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        using var session = AnalysisSession.Open(
            database, AnalysisSession.Widened(filter, Margin), cancellationToken);
        var log = GlucoseLog.Read(session);
        var all = EpisodeFinder.Find(log.Points, log.BeginningOfDay);
        var asked = all
            .Where(episode =>
                episode.Began >= AnalysisSession.FromOf(filter) && episode.Began < AnalysisSession.UntilOf(filter))
            .OrderBy(episode => episode.Began).ThenBy(episode => episode.Kind)
            .ToList();
        var around = Around(session, asked);
        return [.. asked.Select((episode, index) => ToRecord(session, episode, all, around?[index]))];
    }

    /// <summary>Insulin and carbohydrates around each episode; null where the file has no boluses at all.</summary>
    private static IReadOnlyList<AroundRow>? Around(AnalysisSession session, IReadOnlyList<EpisodeSpan> episodes)
    {
        if (!session.Query<bool>(AnalysisSql.Read("Episodes", "has_boluses"))[0])
        {
            return null;
        }

        session.Fill(
            "analysis_spans",
            "id INTEGER, began BIGINT, ended BIGINT",
            episodes.Select((episode, index) =>
                $"({index}, {SqlText.Number(episode.Began)}, {SqlText.Number(episode.Ended)})"));
        return session.Query<AroundRow>(AnalysisSql.Read("Episodes", "around"));
    }

    private static GlucoseEpisode ToRecord(
        AnalysisSession session, EpisodeSpan episode, IReadOnlyList<EpisodeSpan> all, AroundRow? around)
    {
        return new GlucoseEpisode
        {
            Kind = episode.Kind,
            IsLevel1Only = episode.Kind switch
            {
                EpisodeKind.HypoLevel1 => !Contains(EpisodeKind.HypoLevel2),
                EpisodeKind.HyperLevel1 => !Contains(EpisodeKind.HyperLevel2),
                _ => null,
            },
            Started = session.ToLocal(episode.Began),
            Ended = session.ToLocal(episode.Ended),
            DurationValue = UnixTime.Length(episode.Ended - episode.Began),
            Extreme = episode.Extreme,
            ExtremeAt = session.ToLocal(episode.ExtremeAt),
            Mean = episode.Mean,
            IsCutOff = episode.IsCutOff,
            BolusBefore = around?.BolusBefore,
            BolusDuring = around?.BolusDuring,
            BolusAfter = around?.BolusAfter,
            CarbsBefore = around?.CarbsBefore,
            CarbsDuring = around?.CarbsDuring,
            CarbsAfter = around?.CarbsAfter,
        };

        bool Contains(EpisodeKind kind) =>
            all.Any(other => other.Kind == kind && other.Began >= episode.Began && other.Began < episode.Ended);
    }

    private sealed record AroundRow(
        int Id,
        decimal BolusBefore,
        decimal BolusDuring,
        decimal BolusAfter,
        int CarbsBefore,
        int CarbsDuring,
        int CarbsAfter);
}
