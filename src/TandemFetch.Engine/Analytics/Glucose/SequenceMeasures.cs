using TandemFetch.Engine.Analytics.Episodes;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>
/// Measures that follow the readings through time, most of them on a grid of equal steps: differences, deviations
/// within and between days, excursions and episodes.
/// </summary>
internal sealed class SequenceMeasures
{
    private static readonly TimeSpan LeastForEpisodes = TimeSpan.FromHours(12.0);

    private readonly GlucoseLog _log;
    private readonly GlucoseGroups _groups;
    private readonly GlucoseSteps _grid;
    private readonly SortedDictionary<int, List<Range>> _steps;
    private readonly Dictionary<(int Group, EpisodeKind Kind), int> _episodes;

    /// <summary>Prepares to measure the groups of a log.</summary>
    /// <param name="log">The readings.</param>
    /// <param name="groups">The groups.</param>
    public SequenceMeasures(GlucoseLog log, GlucoseGroups groups)
    {
        (_log, _groups) = (log, groups);
        _grid = new GlucoseSteps(log);
        _steps = _grid.Split(groups);
        _episodes = EpisodeFinder.Find(log.Points, log.BeginningOfDay)
            .GroupBy(episode => (groups.GroupOf(log.Zone.WallClock(episode.Began)), episode.Kind))
            .ToDictionary(group => group.Key, group => group.Count());
    }

    /// <summary>Adds the measures of a group.</summary>
    /// <param name="metrics">Its other measures.</param>
    /// <param name="group">The group.</param>
    /// <param name="points">Its readings, oldest first.</param>
    /// <param name="missing">Receives what is empty.</param>
    public GlucoseMetrics AddTo(
        GlucoseMetrics metrics, int group, ReadOnlySpan<GlucosePoint> points, MissingMeasures missing)
    {
        // Episodes a day are counted on recorded time with short gaps bridged. Source: iglu episode_calculation.
        List<Range> steps = _steps.GetValueOrDefault(group) ?? [];
        var recorded = steps.Sum(range => range.End.Value - range.Start.Value) * (long)_log.Step;
        metrics = metrics with { RecordedTimeValue = UnixTime.Length(recorded) };
        metrics = WithVariability(WithMage(metrics, points, missing), steps, missing);
        return WithEpisodes(metrics, group, missing);
    }

    private GlucoseMetrics WithMage(
        GlucoseMetrics metrics, ReadOnlySpan<GlucosePoint> points, MissingMeasures missing)
    {
        var mage = _groups.IsContinuous ? Mage.Of(points, _log.BeginningOfDayOf(points)) : null;
        metrics = metrics with
        {
            Mage = mage?.Average,
            MagePlus = mage?.Plus,
            MageMinus = mage?.Minus,
            MageFirst = mage?.First,
            MageMax = mage?.Max,
        };
        var reason = _groups.IsContinuous
            ? "It needs a stretch of 160 minutes without a gap of three hours, "
                + "and an excursion of one standard deviation."
            : "It needs one stretch of time, not parts of many days.";
        missing.AddEmpty(
            reason,
            (nameof(metrics.Mage), metrics.Mage),
            (nameof(metrics.MagePlus), metrics.MagePlus),
            (nameof(metrics.MageMinus), metrics.MageMinus),
            (nameof(metrics.MageFirst), metrics.MageFirst),
            (nameof(metrics.MageMax), metrics.MageMax));
        return metrics;
    }

    private GlucoseMetrics WithVariability(
        GlucoseMetrics metrics, IReadOnlyList<Range> steps, MissingMeasures missing)
    {
        var deviations = _groups.HasWholeDays ? _grid.DeviationsOf(steps) : null;
        var hasDays = deviations?.Days > 1;
        var daily = Over(24 * LocalTime.Hour);
        metrics = metrics with
        {
            Conga1 = Known(Over(LocalTime.Hour), nameof(metrics.Conga1))?.Deviation,
            Conga2 = Known(Over(2 * LocalTime.Hour), nameof(metrics.Conga2))?.Deviation,
            Conga4 = Known(Over(4 * LocalTime.Hour), nameof(metrics.Conga4))?.Deviation,
            Conga24 = Known(daily, nameof(metrics.Conga24))?.Deviation,
            Modd = Known(daily, nameof(metrics.Modd))?.MeanSize,
            Mag = Known(Over(_log.Step), nameof(metrics.Mag))?.MeanSize * ((double)LocalTime.Hour / _log.Step),
            SdWithinDays = deviations?.WithinDays,
            SdOfTimes = deviations?.OfTimes,
            SdOfDailyMeans = hasDays ? deviations?.OfDailyMeans : null,
            SdBetweenDays = hasDays ? deviations?.BetweenDays : null,
        };
        var reason = _groups.HasWholeDays ? "It needs two days." : "It needs whole days.";
        missing.AddEmpty(
            reason,
            (nameof(metrics.SdWithinDays), metrics.SdWithinDays),
            (nameof(metrics.SdOfTimes), metrics.SdOfTimes),
            (nameof(metrics.SdOfDailyMeans), metrics.SdOfDailyMeans),
            (nameof(metrics.SdBetweenDays), metrics.SdBetweenDays));
        return metrics;

        Differences Over(long time) => _grid.DifferencesOver(steps, time);

        Differences? Known(Differences differences, string measure)
        {
            if (differences.Pairs >= MetricsReader.LeastReadings)
            {
                return differences;
            }

            missing.Add(
                $"It needs {MetricsReader.LeastReadings} pairs of values so far apart; there are {differences.Pairs}.",
                measure);
            return null;
        }
    }

    private GlucoseMetrics WithEpisodes(GlucoseMetrics metrics, int group, MissingMeasures missing)
    {
        if (metrics.RecordedTimeValue >= LeastForEpisodes)
        {
            return metrics with
            {
                LowEpisodesPerDay = PerDay(EpisodeKind.HypoLevel1),
                VeryLowEpisodesPerDay = PerDay(EpisodeKind.HypoLevel2),
                HighEpisodesPerDay = PerDay(EpisodeKind.HyperLevel1),
                VeryHighEpisodesPerDay = PerDay(EpisodeKind.HyperLevel2),
            };
        }

        missing.Add(
            FormattableString.Invariant(
                $"It needs 12 hours of recorded time; there are {metrics.RecordedTimeValue.TotalHours:0.0}."),
            nameof(metrics.LowEpisodesPerDay),
            nameof(metrics.VeryLowEpisodesPerDay),
            nameof(metrics.HighEpisodesPerDay),
            nameof(metrics.VeryHighEpisodesPerDay));
        return metrics;

        double PerDay(EpisodeKind kind) =>
            _episodes.GetValueOrDefault((group, kind)) / metrics.RecordedTimeValue.TotalDays;
    }
}
