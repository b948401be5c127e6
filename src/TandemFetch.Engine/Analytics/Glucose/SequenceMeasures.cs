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
    private const long Hour = 3_600_000_000;

    private static readonly TimeSpan LeastForEpisodes = TimeSpan.FromHours(12.0);

    private readonly AnalysisSession _session;
    private readonly GlucoseGroups _groups;
    private readonly double _stepsPerHour;

    private readonly IReadOnlyDictionary<string, long> _recorded;
    private readonly Dictionary<int, IReadOnlyDictionary<string, DifferenceRow>> _differences;
    private readonly IReadOnlyDictionary<string, DifferenceRow> _changes;
    private readonly IReadOnlyDictionary<string, DeviationRow> _deviations;
    private readonly ILookup<(string Bucket, EpisodeKind Kind), long> _episodes;
    private readonly Dictionary<string, MageValues?> _mage;

    /// <summary>Measures all groups of a log.</summary>
    /// <param name="log">The readings.</param>
    /// <param name="groups">The groups.</param>
    public SequenceMeasures(GlucoseLog log, GlucoseGroups groups)
    {
        (_session, _groups) = (log.Session, groups);
        _stepsPerHour = (double)Hour / log.Step;
        _session.Execute(AnalysisSql.Read("Glucose", "grid"), new { by = groups.Name, step = log.Step });
        _recorded = Rows<LengthRow>("recorded", new { step = log.Step })
            .ToDictionary(row => row.Bucket, row => row.Length);
        _differences = new[] { 1, 2, 4, 24 }.ToDictionary(
            hours => hours, hours => Differences(hours * Hour / log.Step));
        _changes = Differences(1);
        _deviations = Rows<DeviationRow>("deviations").ToDictionary(row => row.Bucket);
        _mage = groups.IsContinuous
            ? log.Points(groups.Name).ToDictionary(
                group => group.Key, group => Mage.Of(group.Value, BeginningOfDay(group.Value)))
            : [];
        _episodes = CountEpisodes(log);
    }

    /// <summary>Adds the measures of a group.</summary>
    /// <param name="metrics">Its other measures.</param>
    /// <param name="bucket">The group.</param>
    /// <param name="missing">Receives what is empty.</param>
    public GlucoseMetrics AddTo(GlucoseMetrics metrics, string bucket, MissingMeasures missing)
    {
        metrics = metrics with { RecordedTimeValue = UnixTime.Length(_recorded.GetValueOrDefault(bucket)) };
        metrics = WithVariability(WithMage(metrics, bucket, missing), bucket, missing);
        return WithEpisodes(metrics, bucket, missing);
    }

    private GlucoseMetrics WithMage(GlucoseMetrics metrics, string bucket, MissingMeasures missing)
    {
        var mage = _mage.GetValueOrDefault(bucket);
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

    private GlucoseMetrics WithVariability(GlucoseMetrics metrics, string bucket, MissingMeasures missing)
    {
        var deviations = _deviations.GetValueOrDefault(bucket);
        var days = deviations?.Days > 1;
        metrics = metrics with
        {
            Conga1 = Conga(1, nameof(metrics.Conga1)),
            Conga2 = Conga(2, nameof(metrics.Conga2)),
            Conga4 = Conga(4, nameof(metrics.Conga4)),
            Conga24 = Conga(24, nameof(metrics.Conga24)),
            Modd = Difference(_differences[24], nameof(metrics.Modd))?.MeanSize,
            Mag = Difference(_changes, nameof(metrics.Mag))?.MeanSize * _stepsPerHour,
            SdWithinDays = _groups.HasWholeDays ? deviations?.WithinDays : null,
            SdOfTimes = _groups.HasWholeDays ? deviations?.OfTimes : null,
            SdOfDailyMeans = _groups.HasWholeDays && days ? deviations?.OfDailyMeans : null,
            SdBetweenDays = _groups.HasWholeDays && days ? deviations?.BetweenDays : null,
        };
        var reason = _groups.HasWholeDays ? "It needs two days." : "It needs whole days.";
        missing.AddEmpty(
            reason,
            (nameof(metrics.SdWithinDays), metrics.SdWithinDays),
            (nameof(metrics.SdOfTimes), metrics.SdOfTimes),
            (nameof(metrics.SdOfDailyMeans), metrics.SdOfDailyMeans),
            (nameof(metrics.SdBetweenDays), metrics.SdBetweenDays));
        return metrics;

        double? Conga(int hours, string measure) => Difference(_differences[hours], measure)?.Deviation;

        DifferenceRow? Difference(IReadOnlyDictionary<string, DifferenceRow> rows, string measure)
        {
            var row = rows.GetValueOrDefault(bucket);
            if (row?.Pairs >= MetricsReader.LeastReadings)
            {
                return row;
            }

            missing.Add(
                $"It needs {MetricsReader.LeastReadings} pairs of values so far apart; there are {row?.Pairs ?? 0}.",
                measure);
            return null;
        }
    }

    private GlucoseMetrics WithEpisodes(GlucoseMetrics metrics, string bucket, MissingMeasures missing)
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
            _episodes[(bucket, kind)].FirstOrDefault() / metrics.RecordedTimeValue.TotalDays;
    }

    private ILookup<(string Bucket, EpisodeKind Kind), long> CountEpisodes(GlucoseLog log)
    {
        var points = log.Points();
        _session.Fill(
            "analysis_episodes",
            "kind VARCHAR, began BIGINT",
            EpisodeFinder.Find(points, BeginningOfDay(points))
                .Select(episode => $"('{episode.Kind}', {SqlText.Number(episode.Began)})"));
        return Rows<EpisodeRow>("episode_counts", new { by = _groups.Name })
            .ToLookup(row => (row.Bucket, Enum.Parse<EpisodeKind>(row.Kind)), row => row.Episodes);
    }

    /// <summary>
    /// The beginning of the day of the first reading: what happens at that very moment ends the day before.
    /// </summary>
    private long BeginningOfDay(IReadOnlyList<GlucosePoint> points) =>
        points.Count == 0 ? 0 : _session.StartOfDay(points[0].Moment);

    private IReadOnlyDictionary<string, DifferenceRow> Differences(long lag) =>
        Rows<DifferenceRow>("differences_over", new { lag }).ToDictionary(row => row.Bucket);

    private IReadOnlyList<T> Rows<T>(string statement, object? parameters = null) =>
        _session.Query<T>(AnalysisSql.Read("Glucose", statement), parameters);

    private sealed record LengthRow(string Bucket, long Length);

    private sealed record DifferenceRow(string Bucket, long Pairs, double? Deviation, double MeanSize);

    private sealed record DeviationRow(
        string Bucket, long Days, double? WithinDays, double? OfTimes, double? OfDailyMeans, double? BetweenDays);

    private sealed record EpisodeRow(string Bucket, string Kind, long Episodes);
}
