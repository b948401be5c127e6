using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Analytics.Comparison;

/// <summary>
/// Two periods side by side. The k-th day of one is paired with the k-th day of the other; of glucose a day counts with
/// 70 % of it covered, of insulin with 18 hours of basal insulin. The interval is a percentile bootstrap over the
/// pairs.
/// </summary>
public static class PeriodComparison
{
    /// <summary>Fewer pairs of days say nothing about how days differ.</summary>
    private const int LeastPairs = 5;

    /// <summary>The measures of two periods with their differences.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="reference">The period that is compared with; it must have a beginning and an end.</param>
    /// <param name="period">The period that is compared; it must have a beginning and an end.</param>
    /// <param name="seed">The seed of the bootstrap.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, <c>TimeZoneUnknown</c>.</exception>
    public static IReadOnlyList<MeasureDifference> Compare(
        TandemDatabase database,
        RecordFilter reference,
        RecordFilter period,
        int seed,
        CancellationToken cancellationToken)
    {
        var before = MeasuredPeriod.Read(database, reference, cancellationToken);
        var after = MeasuredPeriod.Read(database, period, cancellationToken);
        return [.. ComparedMeasure.All.Select(measure => Compare(measure, before, after, seed))];
    }

    private static MeasureDifference Compare(
        ComparedMeasure measure, MeasuredPeriod before, MeasuredPeriod after, int seed)
    {
        var (reference, value) = (before.Of(measure), after.Of(measure));
        var pairs = before.DaysOf(measure)
            .Join(
                after.DaysOf(measure),
                day => day.Index,
                day => day.Index,
                (earlier, later) => later.Value - earlier.Value)
            .ToList();
        var interval = pairs.Count >= LeastPairs ? Bootstrap.Mean(pairs, seed) : null;
        return new MeasureDifference
        {
            Measure = measure.Name,
            Unit = measure.Unit,
            Reference = reference,
            Value = value,
            Difference = value - reference,
            MeanDailyDifference = interval is null ? null : pairs.Average(),
            IntervalLow = interval?.Low,
            IntervalHigh = interval?.High,
            IsClear = interval is null ? null : interval.Low > 0 || interval.High < 0,
            Pairs = pairs.Count,
            Seed = seed,
            ReferenceSince = before.Since,
            ReferenceUntil = before.Until,
            Since = after.Since,
            Until = after.Until,
            Reason = reference is null || value is null
                ? before.ReasonOf(measure) ?? after.ReasonOf(measure)
                : interval is null ? ReasonOf(measure, pairs.Count) : null,
        };
    }

    private static string ReasonOf(ComparedMeasure measure, int pairs) => measure.IsDaily
        ? $"An interval needs {LeastPairs} pairs of days with enough in the log; there are {pairs}."
        : "It is a measure of many days, so that days cannot be paired.";
}
