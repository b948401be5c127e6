using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Analytics.Insulin;

/// <summary>Insulin, carbohydrates, automation, modes and site changes: of each day, and as averages by day.</summary>
public static class InsulinMeasures
{
    /// <summary>
    /// A day is complete with this much basal insulin in the log: Tandem Source calls that a complete therapy day.
    /// </summary>
    private static readonly TimeSpan CompleteBasal = TimeSpan.FromHours(18.0);

    private static readonly string[] SiteNumbers =
        [nameof(InsulinMetrics.CannulaDays), nameof(InsulinMetrics.CartridgeDays), nameof(InsulinMetrics.TubingDays)];

    private static readonly string[] DailyNumbers =
    [
        nameof(InsulinMetrics.BasalUnits), nameof(InsulinMetrics.BolusUnits), nameof(InsulinMetrics.TotalUnits),
        nameof(InsulinMetrics.BasalPercent), nameof(InsulinMetrics.UserBoluses),
        nameof(InsulinMetrics.AutomaticBoluses), nameof(InsulinMetrics.AutomaticUnits),
        nameof(InsulinMetrics.CorrectionBoluses),
        nameof(InsulinMetrics.ExtendedBoluses), nameof(InsulinMetrics.OverriddenBoluses),
        nameof(InsulinMetrics.InterruptedBoluses), nameof(InsulinMetrics.Meals), nameof(InsulinMetrics.Carbs),
        nameof(InsulinMetrics.AutomationPercent), nameof(InsulinMetrics.SleepTime), nameof(InsulinMetrics.ExerciseTime),
        nameof(InsulinMetrics.SuspendedTime), nameof(InsulinMetrics.BasalTime),
    ];

    /// <summary>The days that begin in a period and have something in the log, oldest first.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="filter">The period and the pumps; several pumps are added up.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, <c>TimeZoneUnknown</c>.</exception>
    public static IReadOnlyList<InsulinMetrics> Days(
        TandemDatabase database, RecordFilter filter, CancellationToken cancellationToken)
    {
        using var session = AnalysisSession.Open(database, filter, cancellationToken);
        return [.. new DaysReader(session).Read(BasalReader.Read(session)).Select(OfDay)];
    }

    /// <summary>The averages by day of a period and its days, which are read once for both.</summary>
    /// <param name="session">The period and the pumps.</param>
    /// <param name="basal">The basal deliveries of the session.</param>
    internal static (InsulinMetrics Average, IReadOnlyList<InsulinMetrics> Days) AverageAndDays(
        AnalysisSession session, List<BasalStretch> basal)
    {
        var days = new DaysReader(session).Read(basal);
        return (Average(session, days), [.. days.Select(OfDay)]);
    }

    /// <summary>The averages by day of the complete days that begin in a period.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="filter">The period and the pumps; several pumps are added up.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, <c>TimeZoneUnknown</c>.</exception>
    public static InsulinMetrics Average(
        TandemDatabase database, RecordFilter filter, CancellationToken cancellationToken)
    {
        using var session = AnalysisSession.Open(database, filter, cancellationToken);
        return Average(session, new DaysReader(session).Read(BasalReader.Read(session)));
    }

    private static InsulinMetrics Average(AnalysisSession session, List<DayOfInsulin> days)
    {
        var complete = days.Where(IsComplete).ToList();
        var metrics = complete.Count > 0 ? Average(complete) : Nothing(days.Count);
        return WithSiteChanges(session, days, metrics with
        {
            Days = days.Count,
            CompleteDays = complete.Count,
            FirstDayValue = days.Count > 0 ? days[0].Day : null,
            LastDayValue = days.Count > 0 ? days[^1].Day : null,
        });
    }

    private static InsulinMetrics OfDay(DayOfInsulin day)
    {
        var metrics = Average([day]);
        var ofAverages = SiteNumbers.Select(number => new MissingMeasure(number, "It is a number of averages only."));
        return metrics with
        {
            DayValue = day.Day,
            IsComplete = IsComplete(day),
            CompleteDays = IsComplete(day) ? 1 : 0,
            Missing = [.. metrics.Missing, .. ofAverages],
        };
    }

    private static bool IsComplete(DayOfInsulin day) => day.BasalSeconds >= CompleteBasal.TotalSeconds;

    private static InsulinMetrics Nothing(int days) => new()
    {
        Missing = [.. DailyNumbers.Select(number => new MissingMeasure(
            number,
            days == 0
                ? "There is no insulin in this range of time."
                : "It needs a complete day (18 hours of basal insulin); "
                    + $"of {Quantity.Of(days, "day")}, none is complete."))],
    };

    private static InsulinMetrics Average(IReadOnlyList<DayOfInsulin> days)
    {
        var (basal, bolus) = (days.Sum(row => row.BasalUnits), days.Sum(row => row.BolusUnits));
        var commanded = days.Sum(day => day.Commanded);
        var missing = new List<MissingMeasure>();
        if (basal + bolus == 0)
        {
            missing.Add(new MissingMeasure(nameof(InsulinMetrics.BasalPercent), "There is no insulin."));
        }

        if (commanded == 0)
        {
            missing.Add(new MissingMeasure(
                nameof(InsulinMetrics.AutomationPercent), "The log does not say what commanded the basal insulin."));
        }

        return new InsulinMetrics
        {
            FirstDayValue = days[0].Day,
            LastDayValue = days[^1].Day,
            Days = days.Count,
            CompleteDays = days.Count,
            BasalUnits = Units(basal),
            BolusUnits = Units(bolus),
            TotalUnits = Units(basal + bolus),
            BasalPercent = basal + bolus > 0 ? (double)(100 * basal / (basal + bolus)) : null,
            UserBoluses = Mean(row => row.UserBoluses),
            AutomaticBoluses = Mean(row => row.AutomaticBoluses),
            AutomaticUnits = Units(days.Sum(row => row.AutomaticUnits)),
            CorrectionBoluses = Mean(row => row.Corrections),
            ExtendedBoluses = Mean(row => row.Extended),
            OverriddenBoluses = Mean(row => row.Overridden),
            InterruptedBoluses = Mean(row => row.Interrupted),
            Boluses = Shares(days),
            Meals = Mean(row => row.Meals),
            Carbs = Mean(row => row.Carbs),
            AutomationPercent = commanded > 0 ? 100.0 * days.Sum(day => day.Automated) / commanded : null,
            SleepTimeValue = Time(day => day.Sleep),
            ExerciseTimeValue = Time(day => day.Exercise),
            SuspendedTimeValue = Time(day => day.Suspended),
            BasalTimeValue = Time(day => day.BasalSeconds * 1_000_000),
            Missing = missing,
        };

        decimal Units(decimal sum) => Math.Round(sum / days.Count, 3);

        double Mean(Func<DayOfInsulin, long> number) => days.Average(number);

        TimeSpan Time(Func<DayOfInsulin, long> microseconds) =>
            UnixTime.Length(days.Sum(microseconds) / days.Count);
    }

    private static List<BolusShare> Shares(IReadOnlyList<DayOfInsulin> days) =>
    [
        .. days.SelectMany(day => day.Kinds)
            .GroupBy(kind => kind.Key, kind => kind.Value)
            .Select(group => new BolusShare(
                group.Key.Kind,
                group.Key.Source,
                (double)group.Sum(some => some.Boluses) / days.Count,
                Math.Round(DayOfInsulin.Units(group.Sum(some => some.Thousandths)) / days.Count, 3)))
            .OrderByDescending(share => share.Units).ThenBy(share => share.Kind, StringComparer.Ordinal)
            .ThenBy(share => share.Source, StringComparer.Ordinal),
    ];

    private static InsulinMetrics WithSiteChanges(
        AnalysisSession session, List<DayOfInsulin> days, InsulinMetrics metrics)
    {
        var intervals = SiteIntervals(session, [.. days.Select(day => day.Day)]);
        var missing = new List<MissingMeasure>(metrics.Missing);
        return metrics with
        {
            CannulaDays = Find("Cannula", nameof(metrics.CannulaDays)),
            CartridgeDays = Find("Cartridge", nameof(metrics.CartridgeDays)),
            TubingDays = Find("Tubing", nameof(metrics.TubingDays)),
            Missing = missing,
        };

        double? Find(string part, string measure)
        {
            if (intervals.TryGetValue(part, out var interval))
            {
                return interval;
            }

            missing.Add(new MissingMeasure(measure, "It needs a change in this range of time, and one before it."));
            return null;
        }
    }

    /// <summary>
    /// Mean number of calendar days between two changes of a part, for changes on the days of the period; the last
    /// change before the period is looked up. Several fillings on one day are one change. Source: Tidepool's site
    /// change interval.
    /// </summary>
    private static Dictionary<string, double> SiteIntervals(AnalysisSession session, HashSet<DateOnly> period)
    {
        return session.Query<ChangeRow>(AnalysisSql.Read("Insulin", "site_changes"))
            .GroupBy(row => row.Part, row => DateOnly.FromDateTime(session.ToLocal(row.Moment).DateTime))
            .Select(part => (part.Key, Days: Intervals([.. part.Distinct().Order()])))
            .Where(part => part.Days.Count > 0)
            .ToDictionary(part => part.Key, part => part.Days.Average());

        List<int> Intervals(List<DateOnly> changes) =>
        [
            .. changes.Zip(changes.Skip(1))
                .Where(pair => period.Contains(pair.Second))
                .Select(pair => pair.Second.DayNumber - pair.First.DayNumber),
        ];
    }

    private sealed record ChangeRow(string Part, long Moment);
}
