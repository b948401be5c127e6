using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>
/// Measures that rest on how long each value was measured, in whatever order: mean, quantiles, ranges and risk.
/// </summary>
internal sealed class ValueMeasures
{
    /// <summary>70 % of 14 days: what the consensus asks for before a GMI is given.</summary>
    private static readonly TimeSpan LeastForGmi = TimeSpan.FromDays(9.8);

    private readonly AnalysisSession _session;
    private readonly GlucoseRanges _ranges;
    private readonly GlucoseGroups _groups;

    private readonly IReadOnlyDictionary<string, BasisRow> _basis;
    private readonly IReadOnlyDictionary<string, long> _expected;
    private readonly IReadOnlyDictionary<string, MeanRow> _means;
    private readonly IReadOnlyDictionary<string, RangesRow> _times;
    private readonly IReadOnlyDictionary<string, double> _risks;
    private readonly IReadOnlyDictionary<string, RiskRow> _indices;
    private readonly IReadOnlyDictionary<string, double> _dailyRisks;
    private readonly ILookup<(string Bucket, int Thousandth), double> _quantiles;

    /// <summary>Measures all groups of a log.</summary>
    /// <param name="log">The readings.</param>
    /// <param name="ranges">The ranges to measure the time in.</param>
    /// <param name="groups">The groups.</param>
    public ValueMeasures(GlucoseLog log, GlucoseRanges ranges, GlucoseGroups groups)
    {
        (_session, _ranges, _groups) = (log.Session, ranges, groups);
        var by = new { by = groups.Name };
        _session.Execute(AnalysisSql.Read("Glucose", "values"), by);
        _basis = Rows<BasisRow>("basis", by).ToDictionary(row => row.Bucket);
        _expected = Rows<LengthRow>("expected", by).ToDictionary(row => row.Bucket, row => row.Length);
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
        _dailyRisks = groups.HasWholeDays
            ? Rows<ValueRow>("daily_risk", by).ToDictionary(row => row.Bucket, row => row.Value)
            : [];
        _quantiles = Rows<QuantileRow>("quantiles", new { thousandths = "250,500,750" })
            .ToLookup(row => (row.Bucket, row.Thousandth), row => row.Value);
        Buckets =
        [
            .. _basis.Keys.OrderBy(bucket => bucket == "Day" ? 1 : 0).ThenBy(bucket => bucket, StringComparer.Ordinal),
        ];
    }

    /// <summary>The groups that have readings, in their order.</summary>
    public IReadOnlyList<string> Buckets { get; }

    /// <summary>The measures of a group.</summary>
    /// <param name="bucket">The group.</param>
    /// <param name="missing">Receives what is empty.</param>
    public GlucoseMetrics Of(string bucket, MissingMeasures missing)
    {
        var basis = _basis[bucket];
        var metrics = new GlucoseMetrics
        {
            By = _groups.Grouping,
            Group = _groups.LabelOf(bucket),
            Since = _session.Filter.Since,
            Until = _session.Filter.Until,
            FirstReading = _session.ToLocal(basis.FirstMoment),
            LastReading = _session.ToLocal(basis.LastMoment),
            Readings = basis.Readings,
            CoveredTimeValue = UnixTime.Length(basis.Covered),
            Days = (int)basis.Days,
            SensorActivePercent = _expected.TryGetValue(bucket, out var expected) && expected > 0
                ? Math.Min(100, 100.0 * basis.Covered / expected)
                : null,
            Range = _ranges,
        };
        return WithRisk(WithRanges(WithMean(metrics, bucket, missing), bucket, missing), bucket, missing);
    }

    private GlucoseMetrics WithMean(GlucoseMetrics metrics, string bucket, MissingMeasures missing)
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
        if (metrics.CoveredTimeValue >= LeastForGmi)
        {
            metrics = metrics with
            {
                Gmi = GlucoseFormulas.Gmi(mean),
                EstimatedA1c = GlucoseFormulas.EstimatedA1c(mean),
            };
        }
        else
        {
            missing.Add(
                FormattableString.Invariant(
                    $"It needs {LeastForGmi.TotalDays:0.0} days of covered time (70 % of 14 days); ")
                + FormattableString.Invariant($"there are {metrics.CoveredTimeValue.TotalDays:0.0}."),
                nameof(metrics.Gmi),
                nameof(metrics.EstimatedA1c));
        }

        if (metrics.Readings >= MetricsReader.LeastReadings && deviation is { } spread)
        {
            return metrics with
            {
                StandardDeviation = spread,
                CoefficientOfVariation = GlucoseFormulas.CoefficientOfVariation(mean, spread),
                JIndex = GlucoseFormulas.JIndex(mean, spread),
            };
        }

        missing.Add(
            $"It needs {MetricsReader.LeastReadings} readings; there are {metrics.Readings}.",
            nameof(metrics.StandardDeviation),
            nameof(metrics.CoefficientOfVariation),
            nameof(metrics.JIndex));
        return metrics;
    }

    private double Quantile(string bucket, int thousandth) => _quantiles[(bucket, thousandth)].First();

    private GlucoseMetrics WithRanges(GlucoseMetrics metrics, string bucket, MissingMeasures missing)
    {
        var times = _times[bucket];
        metrics = metrics with
        {
            LowPercent = Percent(times.Low),
            InRangePercent = Percent(times.InRange),
            HighPercent = Percent(times.High),
            TightRangePercent = Percent(times.TightRange),
            LowTimeValue = UnixTime.Length(times.Low),
            InRangeTimeValue = UnixTime.Length(times.InRange),
            HighTimeValue = UnixTime.Length(times.High),
            TightRangeTimeValue = UnixTime.Length(times.TightRange),
        };
        if (_ranges.VeryLowBelow is not null)
        {
            metrics = metrics with
            {
                VeryLowPercent = Percent(times.VeryLow),
                VeryLowTimeValue = UnixTime.Length(times.VeryLow),
            };
        }
        else
        {
            missing.Add(
                $"{_ranges.Name} has no such range.",
                nameof(metrics.VeryLowPercent),
                nameof(metrics.VeryLowTime));
        }

        if (_ranges.VeryHighAbove is not null)
        {
            return metrics with
            {
                VeryHighPercent = Percent(times.VeryHigh),
                VeryHighTimeValue = UnixTime.Length(times.VeryHigh),
            };
        }

        missing.Add(
            $"{_ranges.Name} has no such range.",
            nameof(metrics.VeryHighPercent),
            nameof(metrics.VeryHighTime));
        return metrics;

        double Percent(long time) => 100.0 * time / times.Covered;
    }

    private GlucoseMetrics WithRisk(GlucoseMetrics metrics, string bucket, MissingMeasures missing)
    {
        var (risk, indices) = (_risks[bucket], _indices[bucket]);
        double? daily = _dailyRisks.TryGetValue(bucket, out var known) ? known : null;
        if (daily is null)
        {
            var reason = _groups.HasWholeDays ? "It needs a day with three readings." : "It needs whole days.";
            missing.Add(reason, nameof(metrics.AverageDailyRiskRange));
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
}
