using TandemFetch.Engine.Analytics.Episodes;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>
/// Runs every measure over a log once, for all of its groups, and puts together what belongs to a group.
/// </summary>
internal sealed class MetricsReader
{
    /// <summary>Fewer readings, or fewer pairs of them, have no deviation worth the name.</summary>
    public const int LeastReadings = 30;

    private const long Hour = 3_600_000_000;

    /// <summary>70 % of 14 days: what the consensus asks for before a GMI is given.</summary>
    private static readonly TimeSpan LeastForGmi = TimeSpan.FromDays(9.8);

    private static readonly TimeSpan LeastForEpisodes = TimeSpan.FromHours(12.0);

    private readonly AnalysisSession _session;
    private readonly GlucoseRanges _ranges;
    private readonly GlucoseGrouping? _grouping;
    private readonly object _by;

    private readonly IReadOnlyDictionary<string, BasisRow> _basis;
    private readonly IReadOnlyDictionary<string, long> _expected;
    private readonly IReadOnlyDictionary<string, MeanRow> _means;
    private readonly IReadOnlyDictionary<string, RangesRow> _times;
    private readonly IReadOnlyDictionary<string, double> _risks;
    private readonly IReadOnlyDictionary<string, RiskRow> _indices;
    private readonly IReadOnlyDictionary<string, double> _dailyRisks;
    private readonly ILookup<(string Bucket, int Thousandth), double> _quantiles;
    private readonly IReadOnlyDictionary<string, long> _recorded;
    private readonly Dictionary<int, IReadOnlyDictionary<string, DifferenceRow>> _differences;
    private readonly IReadOnlyDictionary<string, DifferenceRow> _changes;
    private readonly IReadOnlyDictionary<string, DeviationRow> _deviations;
    private readonly ILookup<(string Bucket, EpisodeKind Kind), long> _episodes;
    private readonly Dictionary<string, MageValues?> _mage;

    /// <summary>Measures all groups of a log.</summary>
    /// <param name="log">The readings.</param>
    /// <param name="ranges">The ranges to measure the time in.</param>
    /// <param name="grouping">What to split it by: a time; null for nothing.</param>
    public MetricsReader(GlucoseLog log, GlucoseRanges ranges, GlucoseGrouping? grouping)
    {
        (_session, _ranges, _grouping) = (log.Session, ranges, grouping);
        var name = grouping?.ToString() ?? "";
        _by = new { by = name };
        _session.Execute(AnalysisSql.Read("Glucose", "values"), _by);
        _basis = Rows<BasisRow>("basis", _by).ToDictionary(row => row.Bucket);
        _expected = Rows<LengthRow>("expected", _by).ToDictionary(row => row.Bucket, row => row.Length);
        _means = Rows<MeanRow>("mean").ToDictionary(row => row.Bucket);
        _times = Rows<RangesRow>("ranges", new
        {
            very_low = ranges.VeryLowBelow ?? 0,
            low = ranges.LowBelow,
            high = ranges.HighAbove,
            very_high = ranges.VeryHighAbove ?? short.MaxValue,
        }).ToDictionary(row => row.Bucket);
        _risks = Rows<ValueRow>("glycemia_risk").ToDictionary(row => row.Bucket, row => row.Value);
        _indices = Rows<RiskRow>("risk_indices").ToDictionary(row => row.Bucket);
        _dailyRisks = HasWholeDays
            ? Rows<ValueRow>("daily_risk", _by).ToDictionary(row => row.Bucket, row => row.Value)
            : [];
        _quantiles = Rows<QuantileRow>("quantiles", new { thousandths = "250,500,750" })
            .ToLookup(row => (row.Bucket, row.Thousandth), row => row.Value);

        _session.Execute(AnalysisSql.Read("Glucose", "grid"), new { by = name, step = log.Step });
        _recorded = Rows<LengthRow>("recorded", new { step = log.Step })
            .ToDictionary(row => row.Bucket, row => row.Length);
        _differences = new[] { 1, 2, 4, 24 }.ToDictionary(
            hours => hours, hours => Differences(hours * Hour / log.Step));
        _changes = Differences(1);
        MagFactor = (double)Hour / log.Step;
        _deviations = Rows<DeviationRow>("deviations").ToDictionary(row => row.Bucket);
        _mage = IsContinuous
            ? log.Points(name).ToDictionary(
                group => group.Key, group => Mage.Of(group.Value, BeginningOfDay(group.Value)))
            : [];
        _episodes = CountEpisodes(log);
        Buckets =
        [
            .. _basis.Keys.OrderBy(bucket => bucket == "Day" ? 1 : 0).ThenBy(bucket => bucket, StringComparer.Ordinal),
        ];
    }

    /// <summary>The groups that have readings, in their order.</summary>
    public IReadOnlyList<string> Buckets { get; }

    private double MagFactor { get; }

    /// <summary>Whether a group is one stretch of time, which excursions can be followed through.</summary>
    private bool IsContinuous =>
        _grouping is null or GlucoseGrouping.Day or GlucoseGrouping.Week or GlucoseGrouping.Month;

    /// <summary>Whether a group consists of whole days.</summary>
    private bool HasWholeDays => IsContinuous || _grouping == GlucoseGrouping.Weekday;

    /// <summary>What is said of a period without readings.</summary>
    public static GlucoseMetrics Nothing(RecordFilter filter, GlucoseRanges ranges) => new()
    {
        Since = filter.Since,
        Until = filter.Until,
        Range = ranges,
        Missing = [new MissingMeasure("All", "There are no readings in this range of time.")],
    };

    /// <summary>The measures of a group.</summary>
    public GlucoseMetrics Of(string bucket)
    {
        var basis = _basis[bucket];
        var covered = UnixTime.Length(basis.Covered);
        var missing = new List<MissingMeasure>();
        var metrics = new GlucoseMetrics
        {
            By = _grouping,
            Group = _grouping is null ? null : bucket[(bucket.IndexOf(' ', StringComparison.Ordinal) + 1)..],
            Since = _session.Filter.Since,
            Until = _session.Filter.Until,
            FirstReading = _session.ToLocal(basis.FirstMoment),
            LastReading = _session.ToLocal(basis.LastMoment),
            Readings = basis.Readings,
            CoveredTime = covered,
            Days = (int)basis.Days,
            SensorActivePercent = _expected.TryGetValue(bucket, out var expected) && expected > 0
                ? Math.Min(100, 100.0 * basis.Covered / expected)
                : null,
            Range = _ranges,
            RecordedTime = UnixTime.Length(_recorded.GetValueOrDefault(bucket)),
        };
        metrics = WithRanges(WithMean(metrics, bucket, missing), bucket, missing);
        metrics = WithVariability(WithMage(WithRisk(metrics, bucket, missing), bucket, missing), bucket, missing);
        return WithEpisodes(metrics, bucket, missing) with { Missing = missing };
    }

    private static void Add(List<MissingMeasure> missing, string reason, params string[] measures) =>
        missing.AddRange(measures.Select(measure => new MissingMeasure(measure, reason)));

    private GlucoseMetrics WithMean(GlucoseMetrics metrics, string bucket, List<MissingMeasure> missing)
    {
        var (mean, deviation) = (_means[bucket].Mean, _means[bucket].StandardDeviation);
        var (lower, upper) = (Quantile(bucket, 250), Quantile(bucket, 750));
        metrics = metrics with
        {
            Mean = mean,
            Median = Quantile(bucket, 500),
            LowerQuartile = lower,
            UpperQuartile = upper,
            InterquartileRange = upper - lower,
        };
        if (metrics.CoveredTime >= LeastForGmi)
        {
            metrics = metrics with
            {
                Gmi = GlucoseFormulas.Gmi(mean),
                EstimatedA1c = GlucoseFormulas.EstimatedA1c(mean),
            };
        }
        else
        {
            Add(
                missing,
                FormattableString.Invariant(
                    $"It needs {LeastForGmi.TotalDays:0.0} days of covered time (70 % of 14 days); ")
                + FormattableString.Invariant($"there are {metrics.CoveredTime.TotalDays:0.0}."),
                nameof(metrics.Gmi),
                nameof(metrics.EstimatedA1c));
        }

        if (metrics.Readings >= LeastReadings && deviation is { } spread)
        {
            return metrics with
            {
                StandardDeviation = spread,
                CoefficientOfVariation = GlucoseFormulas.CoefficientOfVariation(mean, spread),
                JIndex = GlucoseFormulas.JIndex(mean, spread),
            };
        }

        Add(
            missing,
            $"It needs {LeastReadings} readings; there are {metrics.Readings}.",
            nameof(metrics.StandardDeviation),
            nameof(metrics.CoefficientOfVariation),
            nameof(metrics.JIndex));
        return metrics;
    }

    private double Quantile(string bucket, int thousandth) => _quantiles[(bucket, thousandth)].First();

    private GlucoseMetrics WithRanges(GlucoseMetrics metrics, string bucket, List<MissingMeasure> missing)
    {
        var times = _times[bucket];
        metrics = metrics with
        {
            LowPercent = Percent(times.Low),
            InRangePercent = Percent(times.InRange),
            HighPercent = Percent(times.High),
            TightRangePercent = Percent(times.TightRange),
            LowTime = UnixTime.Length(times.Low),
            InRangeTime = UnixTime.Length(times.InRange),
            HighTime = UnixTime.Length(times.High),
            TightRangeTime = UnixTime.Length(times.TightRange),
        };
        if (_ranges.VeryLowBelow is not null)
        {
            metrics = metrics with { VeryLowPercent = Percent(times.VeryLow), VeryLowTime = UnixTime.Length(times.VeryLow) };
        }
        else
        {
            Add(
                missing,
                $"{_ranges.Name} has no such range.",
                nameof(metrics.VeryLowPercent),
                nameof(metrics.VeryLowTime));
        }

        if (_ranges.VeryHighAbove is not null)
        {
            return metrics with { VeryHighPercent = Percent(times.VeryHigh), VeryHighTime = UnixTime.Length(times.VeryHigh) };
        }

        Add(
            missing,
            $"{_ranges.Name} has no such range.",
            nameof(metrics.VeryHighPercent),
            nameof(metrics.VeryHighTime));
        return metrics;

        double Percent(long time) => 100.0 * time / times.Covered;
    }

    private GlucoseMetrics WithRisk(GlucoseMetrics metrics, string bucket, List<MissingMeasure> missing)
    {
        var (risk, indices) = (_risks[bucket], _indices[bucket]);
        double? daily = _dailyRisks.TryGetValue(bucket, out var known) ? known : null;
        if (daily is null)
        {
            var reason = HasWholeDays ? "It needs a day with three readings." : "It needs whole days.";
            Add(missing, reason, nameof(metrics.AverageDailyRiskRange));
        }

        return metrics with
        {
            GlycemiaRiskIndex = risk,
            GlycemiaRiskZone = GlucoseFormulas.GlycemiaRiskZone(risk),
            LowBloodGlucoseIndex = indices.LowIndex,
            HighBloodGlucoseIndex = indices.HighIndex,
            AverageDailyRiskRange = daily,
        };
    }

    private GlucoseMetrics WithMage(GlucoseMetrics metrics, string bucket, List<MissingMeasure> missing)
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
        var reason = IsContinuous
            ? "It needs a stretch of 160 minutes without a gap of three hours, "
                + "and an excursion of one standard deviation."
            : "It needs one stretch of time, not parts of many days.";
        Add(missing, reason, [.. new[]
        {
            (nameof(metrics.Mage), metrics.Mage),
            (nameof(metrics.MagePlus), metrics.MagePlus),
            (nameof(metrics.MageMinus), metrics.MageMinus),
            (nameof(metrics.MageFirst), metrics.MageFirst),
            (nameof(metrics.MageMax), metrics.MageMax),
        }.Where(measure => measure.Item2 is null).Select(measure => measure.Item1)]);
        return metrics;
    }

    private GlucoseMetrics WithVariability(GlucoseMetrics metrics, string bucket, List<MissingMeasure> missing)
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
            Mag = Difference(_changes, nameof(metrics.Mag))?.MeanSize * MagFactor,
            SdWithinDays = HasWholeDays ? deviations?.WithinDays : null,
            SdOfTimes = HasWholeDays ? deviations?.OfTimes : null,
            SdOfDailyMeans = HasWholeDays && days ? deviations?.OfDailyMeans : null,
            SdBetweenDays = HasWholeDays && days ? deviations?.BetweenDays : null,
        };
        var reason = HasWholeDays ? "It needs two days." : "It needs whole days.";
        Add(missing, reason, [.. new[]
        {
            (nameof(metrics.SdWithinDays), metrics.SdWithinDays),
            (nameof(metrics.SdOfTimes), metrics.SdOfTimes),
            (nameof(metrics.SdOfDailyMeans), metrics.SdOfDailyMeans),
            (nameof(metrics.SdBetweenDays), metrics.SdBetweenDays),
        }.Where(measure => measure.Item2 is null).Select(measure => measure.Item1)]);
        return metrics;

        double? Conga(int hours, string measure) => Difference(_differences[hours], measure)?.Deviation;

        DifferenceRow? Difference(IReadOnlyDictionary<string, DifferenceRow> rows, string measure)
        {
            var row = rows.GetValueOrDefault(bucket);
            if (row?.Pairs >= LeastReadings)
            {
                return row;
            }

            Add(
                missing,
                $"It needs {LeastReadings} pairs of values so far apart; there are {row?.Pairs ?? 0}.",
                measure);
            return null;
        }
    }

    private GlucoseMetrics WithEpisodes(GlucoseMetrics metrics, string bucket, List<MissingMeasure> missing)
    {
        if (metrics.RecordedTime >= LeastForEpisodes)
        {
            return metrics with
            {
                LowEpisodesPerDay = PerDay(EpisodeKind.HypoLevel1),
                VeryLowEpisodesPerDay = PerDay(EpisodeKind.HypoLevel2),
                HighEpisodesPerDay = PerDay(EpisodeKind.HyperLevel1),
                VeryHighEpisodesPerDay = PerDay(EpisodeKind.HyperLevel2),
            };
        }

        Add(
            missing,
            FormattableString.Invariant(
                $"It needs 12 hours of recorded time; there are {metrics.RecordedTime.TotalHours:0.0}."),
            nameof(metrics.LowEpisodesPerDay),
            nameof(metrics.VeryLowEpisodesPerDay),
            nameof(metrics.HighEpisodesPerDay),
            nameof(metrics.VeryHighEpisodesPerDay));
        return metrics;

        double PerDay(EpisodeKind kind) => _episodes[(bucket, kind)].FirstOrDefault() / metrics.RecordedTime.TotalDays;
    }

    private ILookup<(string Bucket, EpisodeKind Kind), long> CountEpisodes(GlucoseLog log)
    {
        var points = log.Points();
        _session.Fill(
            "analysis_episodes",
            "kind VARCHAR, began BIGINT",
            EpisodeFinder.Find(points, BeginningOfDay(points))
                .Select(episode => $"('{episode.Kind}', {episode.Began})"));
        return Rows<EpisodeRow>("episode_counts", _by)
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

    private sealed record BasisRow(
        string Bucket, long Readings, long Covered, long Days, long FirstMoment, long LastMoment);

    private sealed record LengthRow(string Bucket, long Length);

    private sealed record ValueRow(string Bucket, double Value);

    private sealed record MeanRow(string Bucket, double Mean, double? StandardDeviation);

    private sealed record RangesRow(
        string Bucket, long VeryLow, long Low, long InRange, long High, long VeryHigh, long TightRange, long Covered);

    private sealed record RiskRow(string Bucket, double LowIndex, double HighIndex);

    private sealed record QuantileRow(string Bucket, int Thousandth, double Value);

    private sealed record DifferenceRow(string Bucket, long Pairs, double? Deviation, double MeanSize);

    private sealed record DeviationRow(
        string Bucket, long Days, double? WithinDays, double? OfTimes, double? OfDailyMeans, double? BetweenDays);

    private sealed record EpisodeRow(string Bucket, string Kind, long Episodes);
}
