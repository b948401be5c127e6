using TandemFetch.Engine.Analytics.Glucose;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Analytics.Meals;

/// <summary>Boluses with carbohydrates, and what glucose did after them.</summary>
public static class MealResponses
{
    private static readonly TimeSpan Margin = TimeSpan.FromHours(6.0);

    /// <summary>70 % of the four hours after a meal: with less, a peak may have been missed.</summary>
    private static readonly TimeSpan LeastCovered = TimeSpan.FromHours(2.8);

    /// <summary>The meals of a period, oldest first.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="filter">The period and the pumps; readings of several pumps are taken as one log.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, <c>TimeZoneUnknown</c>.</exception>
    public static IReadOnlyList<Meal> Find(
        TandemDatabase database, RecordFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        using var session = AnalysisSession.Open(
            database, AnalysisSession.Widened(filter, Margin), cancellationToken);
        var log = GlucoseLog.Read(session);
        session.Execute(AnalysisSql.Read("Insulin", "macros"));
        var rows = session.Query<MealRow>(
            AnalysisSql.Read("Meals", "meals"),
            new { from = AnalysisSession.FromOf(filter), until = AnalysisSession.UntilOf(filter) });
        return [.. rows.Select(row => ToRecord(log, row))];
    }

    private static Meal ToRecord(GlucoseLog log, MealRow row)
    {
        var glucose = new MealGlucose(row.Moment, log.Points);
        var missing = new List<MissingMeasure>();
        var covered = UnixTime.Length(glucose.Covered);
        var isCovered = covered >= LeastCovered;
        var peak = isCovered ? glucose.Peak : null;
        var meal = new Meal
        {
            Id = row.Id,
            PumpSerial = row.Label,
            Timestamp = log.Zone.ToLocal(row.Moment),
            Carbs = row.Carbs,
            Delivered = row.Delivered,
            Iob = row.Iob,
            GlucoseBefore = glucose.Before,
            Peak = peak,
            TimeToPeakValue = isCovered && glucose.PeakAfter is { } after ? UnixTime.Length(after) : null,
            Rise = peak - glucose.Before,
            GlucoseAfter1Hour = glucose.AfterHours(1),
            GlucoseAfter2Hours = glucose.AfterHours(2),
            GlucoseAfter3Hours = glucose.AfterHours(3),
            GlucoseAfter4Hours = glucose.AfterHours(4),
            Corrected = row.Corrected,
            Low = glucose.Lowest < 70 ? true : isCovered ? false : null,
            NextMealValue = row.NextMeal is { } next ? UnixTime.Length(next) : null,
        };
        var tooFew = FormattableString.Invariant(
            $"It needs 2.8 of the four hours after the meal covered; there are {covered.TotalHours:0.0}.");
        Add(nameof(meal.GlucoseBefore), meal.GlucoseBefore, "There is no reading in the 15 minutes before.");
        Add(nameof(meal.Peak), meal.Peak, tooFew);
        Add(nameof(meal.TimeToPeak), meal.TimeToPeak, tooFew);
        Add(nameof(meal.Low), meal.Low, tooFew);
        Add(nameof(meal.Rise), meal.Rise, "It needs the glucose before and the peak.");
        Add(nameof(meal.GlucoseAfter1Hour), meal.GlucoseAfter1Hour, "There is no reading within 10 minutes.");
        Add(nameof(meal.GlucoseAfter2Hours), meal.GlucoseAfter2Hours, "There is no reading within 10 minutes.");
        Add(nameof(meal.GlucoseAfter3Hours), meal.GlucoseAfter3Hours, "There is no reading within 10 minutes.");
        Add(nameof(meal.GlucoseAfter4Hours), meal.GlucoseAfter4Hours, "There is no reading within 10 minutes.");
        return meal with { Missing = missing };

        void Add(string measure, object? value, string reason)
        {
            if (value is null)
            {
                missing.Add(new MissingMeasure(measure, reason));
            }
        }
    }

    private sealed record MealRow(
        long Id,
        string Label,
        long Moment,
        int Carbs,
        decimal? Delivered,
        decimal? Iob,
        long? NextMeal,
        bool Corrected);
}
