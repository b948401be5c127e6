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

    private readonly GlucoseLog _log;
    private readonly GlucoseRanges _ranges;
    private readonly GlucoseGroups _groups;
    private readonly SortedDictionary<int, List<Range>> _readings;
    private readonly Dictionary<int, long> _expected;

    /// <summary>Prepares to measure the groups of a log.</summary>
    /// <param name="log">The readings.</param>
    /// <param name="ranges">The ranges to measure the time in.</param>
    /// <param name="groups">The groups.</param>
    public ValueMeasures(GlucoseLog log, GlucoseRanges ranges, GlucoseGroups groups)
    {
        (_log, _ranges, _groups) = (log, ranges, groups);
        _readings = log.Split(groups);

        // "Sensor active" is counted between the first and the last reading, as iglu (active_percent) and Tidepool (AGP
        // panel) do.
        _expected = log.Points.IsEmpty
            ? []
            : groups.Share(log.Zone, log.Points[0].Moment, log.Points[^1].Moment + log.Points[^1].Stands);
    }

    /// <summary>The groups that have readings, in their order.</summary>
    public IReadOnlyCollection<int> Groups => _readings.Keys;

    /// <summary>The readings of a group, oldest first.</summary>
    public ReadOnlySpan<GlucosePoint> PointsOf(int group) => _readings[group] is [var only]
        ? _log.Points[only]
        : Joined(_readings[group]);

    /// <summary>The measures of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="missing">Receives what is empty.</param>
    public GlucoseMetrics Of(int group, MissingMeasures missing)
    {
        var ranges = _readings[group];
        var values = new GlucoseValues(_log.Points, ranges);
        var days = _log.DaysOf(ranges);
        var expected = _expected.GetValueOrDefault(group);
        var metrics = new GlucoseMetrics
        {
            By = _groups.Grouping,
            Group = _groups.LabelOf(group),
            Since = _log.Filter.Since,
            Until = _log.Filter.Until,
            FirstReading = _log.Zone.ToLocal(_log.Points[ranges[0].Start].Moment),
            LastReading = _log.Zone.ToLocal(_log.Points[ranges[^1].End.Value - 1].Moment),
            Readings = values.Readings,
            CoveredTimeValue = UnixTime.Length(values.Time),
            Days = days.Count,
            SensorActivePercent = expected > 0 ? Math.Min(100, 100.0 * values.Time / expected) : null,
            Range = _ranges,
        };
        metrics = WithRanges(WithMean(metrics, values, missing), values, missing);
        return WithRisk(metrics, values, _groups.HasWholeDays ? DailyRisk(days) : null, missing);
    }

    private GlucoseMetrics WithMean(
        GlucoseMetrics metrics, GlucoseValues values, MissingMeasures missing)
    {
        var (mean, lower, upper) = (values.Mean, values.Quantile(250), values.Quantile(750));
        metrics = metrics with
        {
            Mean = mean,
            Median = values.Quantile(500),
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

        if (metrics.Readings >= MetricsReader.LeastReadings && values.StandardDeviation is { } spread)
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

    /// <summary>
    /// Shares of time. The target range includes both of its ends. Source: consensus on time in range, 2019; tight range
    /// 70 to 140 mg/dL: PMC10877396.
    /// </summary>
    private GlucoseMetrics WithRanges(GlucoseMetrics metrics, GlucoseValues values, MissingMeasures missing)
    {
        var (veryLowBelow, veryHighAbove) = (_ranges.VeryLowBelow ?? 0, _ranges.VeryHighAbove ?? short.MaxValue);
        var low = values.TimeBetween(veryLowBelow, _ranges.LowBelow - 1);
        var inRange = values.TimeBetween(_ranges.LowBelow, _ranges.HighAbove);
        var high = values.TimeBetween(_ranges.HighAbove + 1, veryHighAbove);
        var tightRange = values.TimeBetween(70, 140);
        metrics = metrics with
        {
            LowPercent = Percent(low),
            InRangePercent = Percent(inRange),
            HighPercent = Percent(high),
            TightRangePercent = Percent(tightRange),
            LowTimeValue = UnixTime.Length(low),
            InRangeTimeValue = UnixTime.Length(inRange),
            HighTimeValue = UnixTime.Length(high),
            TightRangeTimeValue = UnixTime.Length(tightRange),
        };
        if (_ranges.VeryLowBelow is not null)
        {
            var veryLow = values.TimeBetween(0, veryLowBelow - 1);
            metrics = metrics with
            {
                VeryLowPercent = Percent(veryLow),
                VeryLowTimeValue = UnixTime.Length(veryLow),
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
            var veryHigh = values.TimeBetween(veryHighAbove + 1, int.MaxValue);
            return metrics with
            {
                VeryHighPercent = Percent(veryHigh),
                VeryHighTimeValue = UnixTime.Length(veryHigh),
            };
        }

        missing.Add(
            $"{_ranges.Name} has no such range.",
            nameof(metrics.VeryHighPercent),
            nameof(metrics.VeryHighTime));
        return metrics;

        double Percent(long time) => 100.0 * time / values.Time;
    }

    private GlucoseMetrics WithRisk(
        GlucoseMetrics metrics, GlucoseValues values, double? daily, MissingMeasures missing)
    {
        if (daily is null)
        {
            var reason = _groups.HasWholeDays ? "It needs a day with three readings." : "It needs whole days.";
            missing.Add(reason, nameof(metrics.AverageDailyRiskRange));
        }

        return metrics with
        {
            GlycemiaRiskIndex = values.GlycemiaRiskIndex,
            GlycemiaRiskZone = GlucoseFormulas.GlycemiaRiskZone(values.GlycemiaRiskIndex),
            LowBloodGlucoseIndex = values.LowBloodGlucoseIndex,
            HighBloodGlucoseIndex = values.HighBloodGlucoseIndex,
            AverageDailyRiskRange = daily,
        };
    }

    /// <summary>
    /// Average daily risk range: the greatest low risk and the greatest high risk of each local day, added up, and the
    /// mean of the days. Source: Kovatchev 2006, by which a day needs three readings; iglu adrr, which asks for none.
    /// </summary>
    private static double? DailyRisk(IReadOnlyCollection<DayOfGlucose> days)
    {
        var ranges = days.Where(day => day.Readings >= 3).ToList();
        return ranges.Count == 0 ? null : ranges.Average(day =>
            GlucoseFormulas.Risk(Math.Max(0, GlucoseFormulas.RiskScale(day.Highest)))
            + GlucoseFormulas.Risk(Math.Min(0, GlucoseFormulas.RiskScale(day.Lowest))));
    }

    private GlucosePoint[] Joined(List<Range> ranges)
    {
        var points = new List<GlucosePoint>();
        foreach (var range in ranges)
        {
            points.AddRange(_log.Points[range]);
        }

        return [.. points];
    }
}
