using System.Globalization;
using TandemFetch.Engine.Analytics.Glucose;
using TandemFetch.Engine.Analytics.Insulin;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Analytics.Comparison;

/// <summary>A period with its measures and those of its days.</summary>
internal sealed class MeasuredPeriod
{
    /// <summary>How much of a day must be covered by readings before it is compared with another one.</summary>
    private const double LeastCovered = 0.7;

    private readonly GlucoseMetrics _glucose;
    private readonly InsulinMetrics _insulin;
    private readonly IReadOnlyList<(int Index, GlucoseMetrics Metrics)> _glucoseDays;
    private readonly IReadOnlyList<(int Index, InsulinMetrics Metrics)> _insulinDays;

    private MeasuredPeriod(
        GlucoseMetrics glucose,
        InsulinMetrics insulin,
        IReadOnlyList<(int Index, GlucoseMetrics Metrics)> glucoseDays,
        IReadOnlyList<(int Index, InsulinMetrics Metrics)> insulinDays) =>
        (_glucose, _insulin, _glucoseDays, _insulinDays) = (glucose, insulin, glucoseDays, insulinDays);

    /// <summary>When it begins, in the pump's zone.</summary>
    public DateTimeOffset Since { get; private init; }

    /// <summary>When it ends, in the pump's zone.</summary>
    public DateTimeOffset Until { get; private init; }

    /// <summary>Measures a period and its days.</summary>
    public static MeasuredPeriod Read(
        TandemDatabase database, RecordFilter filter, CancellationToken cancellationToken)
    {
        using var session = AnalysisSession.Open(database, filter, cancellationToken);
        var (since, until) = (session.ToLocal(session.From), session.ToLocal(session.Until));
        var first = DateOnly.FromDateTime(since.DateTime);
        var log = GlucoseLog.Read(session);
        var (insulin, insulinDays) = InsulinMeasures.AverageAndDays(session, BasalReader.Read(session));
        return new MeasuredPeriod(
            GlucoseMeasures.Measure(log, GlucoseRanges.Standard),
            insulin,
            [
                .. GlucoseMeasures.MeasureBy(log, GlucoseRanges.Standard, GlucoseGrouping.Day)
                    .Where(day => IsCovered(session, day))
                    .Select(day => (DateOf(day).DayNumber - first.DayNumber, day)),
            ],
            [
                .. insulinDays.Where(day => day.IsComplete == true)
                    .Select(day => (day.DayValue!.Value.DayNumber - first.DayNumber, day)),
            ])
        {
            Since = since,
            Until = until,
        };
    }

    /// <summary>A measure of the period.</summary>
    public double? Of(ComparedMeasure measure) =>
        measure.OfGlucose is { } glucose ? glucose(_glucose) : measure.OfInsulin!(_insulin);

    /// <summary>A measure of each day that has enough in the log, by the number of the day in the period.</summary>
    public IEnumerable<(int Index, double Value)> DaysOf(ComparedMeasure measure)
    {
        if (!measure.IsDaily)
        {
            return [];
        }

        var values = measure.OfGlucose is { } glucose
            ? _glucoseDays.Select(day => (day.Index, Value: glucose(day.Metrics)))
            : _insulinDays.Select(day => (day.Index, Value: measure.OfInsulin!(day.Metrics)));
        return values.Where(day => day.Value is not null).Select(day => (day.Index, day.Value!.Value));
    }

    /// <summary>Why the period lacks a measure; null where it does not.</summary>
    public string? ReasonOf(ComparedMeasure measure) =>
        (measure.OfGlucose is null ? _insulin.Missing : _glucose.Missing)
            .FirstOrDefault(missing => missing.Measure == measure.Name || missing.Measure == "All")?.Reason;

    private static DateOnly DateOf(GlucoseMetrics day) =>
        DateOnly.ParseExact(day.Group!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Whether 70 % of the whole day is covered, and not only of what the period has of it.</summary>
    private static bool IsCovered(AnalysisSession session, GlucoseMetrics day)
    {
        var date = DateOf(day);
        var length = session.Zone.StartOf(date.AddDays(1)) - session.Zone.StartOf(date);
        return day.CoveredTimeValue >= LeastCovered * length;
    }
}
