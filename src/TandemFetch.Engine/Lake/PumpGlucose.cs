using TandemFetch.Engine.Analytics;
using TandemFetch.Engine.Analytics.Glucose;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Lake;

/// <summary>The glucose of one pump of a lake, or why it was not measured.</summary>
/// <param name="Metrics">Its measures; empty if it has no readings in the period.</param>
/// <param name="Warnings">What to say about it.</param>
/// <param name="Failure">Why it was not measured, if its files are damaged; otherwise null.</param>
public sealed record PumpGlucose(
    IReadOnlyList<GlucoseMetrics> Metrics, IReadOnlyList<string> Warnings, TandemException? Failure)
{
    /// <summary>
    /// Measures pump by pump, in the order of the pumps, so that memory does not grow with their number. A pump whose
    /// files are damaged does not keep the others from being measured.
    /// </summary>
    /// <param name="lake">The lake.</param>
    /// <param name="pumps">The pumps as the lake names them; empty for all.</param>
    /// <param name="isParallel">Whether to use all processors.</param>
    /// <param name="periodOf">Finds the period in an open lake; it may be called by several threads at once.</param>
    /// <param name="ranges">The ranges to measure the time in.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="TandemException">One of <see cref="LakeErrors"/>, or <c>PumpUnknown</c>.</exception>
    public static IEnumerable<PumpGlucose> MeasureEach(
        LakeFolder lake,
        IReadOnlyCollection<string> pumps,
        bool isParallel,
        Func<TandemDatabase, RecordFilter> periodOf,
        GlucoseRanges ranges,
        CancellationToken cancellationToken) => LakePumps.Each(
            pumps.Count > 0 ? pumps.Distinct() : LakeDatabase.Pumps(lake),
            isParallel,
            pump => Measure(lake, pump, periodOf, ranges, cancellationToken),
            cancellationToken);

    private static PumpGlucose Measure(
        LakeFolder lake,
        string pump,
        Func<TandemDatabase, RecordFilter> periodOf,
        GlucoseRanges ranges,
        CancellationToken cancellationToken)
    {
        var warnings = new List<string>();
        try
        {
            using var database = LakeDatabase.OpenReadings(lake, pump, warnings.Add);
            var filter = periodOf(database) with { PumpSerials = [pump] };
            if (UnknownTime.Warning(database, filter) is { } warning)
            {
                warnings.Add($"{pump}: {warning}");
            }

            var metrics = GlucoseMeasures.MeasureBy(
                database, filter, ranges, GlucoseGrouping.Pump, cancellationToken);
            return new PumpGlucose([.. metrics], warnings, null);
        }
        catch (TandemException failure) when (IsOfPump(failure))
        {
            return new PumpGlucose([], warnings, new TandemException(
                failure.ErrorId, failure.Kind, $"Pump {pump} was not measured: {failure.Message}", pump, failure));
        }
    }

    private static bool IsOfPump(TandemException failure) =>
        failure.ErrorId is DatabaseErrors.Failed or DatabaseErrors.NotADatabase;
}
