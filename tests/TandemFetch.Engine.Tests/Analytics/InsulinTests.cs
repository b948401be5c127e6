using TandemFetch.Engine.Analytics.Insulin;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Analytics;

/// <summary>Insulin by day and as averages.</summary>
public sealed class InsulinTests
{
    private static readonly DateTimeOffset Day1 = new(2026, 4, 6, 0, 0, 0, TimeSpan.FromHours(-4.0));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Averages_are_of_complete_days_only()
    {
        using var file = await TwoDaysAndAHalfAsync();

        var average = InsulinMeasures.Average(file.Database, new RecordFilter(), Cancellation);

        Assert.Equal((3, 2), (average.Days, average.CompleteDays));
        Assert.Equal(("2026-04-06", "2026-04-08"), (average.FirstDay, average.LastDay));
        Assert.Equal((22.000m, 16.000m, 38.000m), (average.BasalUnits, average.BolusUnits, average.TotalUnits));
        Assert.Equal(100 * 22 / 38.0, average.BasalPercent!.Value, 1e-9);
        Assert.Equal((150.0, 1.5), (average.Carbs, average.Meals));
        Assert.Equal(TimeSpan.FromHours(21.0), average.BasalTimeValue);
    }

    [Fact]
    public async Task Days_are_listed_whether_complete_or_not()
    {
        using var file = await TwoDaysAndAHalfAsync();

        var days = InsulinMeasures.Days(file.Database, new RecordFilter(), Cancellation);

        Assert.Equal([6, 7, 8], days.Select(day => day.DayValue!.Value.Day));
        Assert.Equal([true, true, false], days.Select(day => day.IsComplete!.Value));
        Assert.Equal([40.000m, 36.000m, 9.000m], days.Select(day => day.TotalUnits!.Value));
        Assert.Equal([1, 1, 0], days.Select(day => day.CompleteDays));
        Assert.All(days, day => Assert.Equal(
            ["CannulaDays", "CartridgeDays", "TubingDays"],
            day.Missing.Select(missing => missing.Measure).Except(["AutomationPercent"])));
    }

    [Fact]
    public async Task Boluses_count_by_kind_and_source()
    {
        using var file = await TwoDaysAndAHalfAsync();

        var average = InsulinMeasures.Average(file.Database, new RecordFilter(), Cancellation);

        Assert.Equal((2.0, 0.5, 0.300m), (average.UserBoluses, average.AutomaticBoluses, average.AutomaticUnits));
        Assert.Equal(
            (1.0, 0.5, 0.5, 0.5),
            (
                average.CorrectionBoluses, average.ExtendedBoluses, average.OverriddenBoluses,
                average.InterruptedBoluses));
        Assert.Equal(
            [
                new BolusShare("Standard", "Pump Screen", 1.5, 7.500m),
                new BolusShare("Extended", "Bluetooth", 0.5, 2.500m),
                new BolusShare("Automatic", "Algorithm", 0.5, 0.300m),
            ],
            average.Boluses);
    }

    [Fact]
    public async Task Automation_modes_and_suspensions_are_cut_at_midnight()
    {
        using var file = await TwoDaysAndAHalfAsync();

        var days = InsulinMeasures.Days(file.Database, new RecordFilter(), Cancellation);

        Assert.Equal([25.0, 50.0], days.Take(2).Select(day => Math.Round(day.AutomationPercent!.Value, 9)));
        Assert.Equal([1.0, 7.0], days.Take(2).Select(day => day.SleepTimeValue!.Value.TotalHours));
        Assert.Equal([0.0, 1.5], days.Take(2).Select(day => day.ExerciseTimeValue!.Value.TotalHours));
        Assert.Equal([0.5, 0.25], days.Take(2).Select(day => day.SuspendedTimeValue!.Value.TotalHours));
    }

    [Fact]
    public async Task Site_changes_are_days_apart_with_the_one_before_the_period()
    {
        using var file = await TwoDaysAndAHalfAsync();
        file.AddRow("site_changes", Day1.AddDays(-2).AddHours(10), "'Cannula' AS part, 'Completed' AS status");
        file.AddRow("site_changes", Day1.AddHours(9), "'Cannula' AS part, 'Completed' AS status");
        file.AddRow("site_changes", Day1.AddHours(10), "'Cannula' AS part, 'Completed' AS status");
        file.AddRow("site_changes", Day1.AddDays(1), "'Cannula' AS part, 'User Aborted' AS status");
        file.AddRow("site_changes", Day1.AddDays(2).AddHours(-1), "'Cannula' AS part, 'Completed' AS status");
        file.AddRow("site_changes", Day1.AddHours(9), "'Cartridge' AS part");

        var average = InsulinMeasures.Average(file.Database, new RecordFilter(), Cancellation);

        Assert.Equal(1.5, average.CannulaDays);
        Assert.Null(average.CartridgeDays);
        Assert.Equal(["CartridgeDays", "TubingDays"], average.Missing.Select(missing => missing.Measure));
    }

    [Fact]
    public async Task A_range_takes_the_days_that_begin_in_it()
    {
        using var file = await TwoDaysAndAHalfAsync();

        var days = InsulinMeasures.Days(
            file.Database, new RecordFilter { Since = Day1.AddHours(1), Until = Day1.AddDays(2) }, Cancellation);

        Assert.Equal([7], days.Select(day => day.DayValue!.Value.Day));
    }

    [Fact]
    public async Task Without_a_complete_day_every_average_is_empty_and_says_why()
    {
        using var file = await TwoDaysAndAHalfAsync();
        using var empty = await MeasuredFile.CreateAsync();

        var half = InsulinMeasures.Average(file.Database, new RecordFilter { Since = Day1.AddDays(2) }, Cancellation);
        var nothing = InsulinMeasures.Average(empty.Database, new RecordFilter(), Cancellation);

        Assert.Equal((1, 0), (half.Days, half.CompleteDays));
        AssertEmpty(half, "18 hours");
        AssertEmpty(nothing, "no insulin");
        Assert.Empty(InsulinMeasures.Days(empty.Database, new RecordFilter(), Cancellation));
    }

    private static void AssertEmpty(InsulinMetrics metrics, string reason)
    {
        var empty = typeof(InsulinMetrics).GetProperties()
            .Where(property =>
                Nullable.GetUnderlyingType((TypedValue.Of(property) ?? property).PropertyType) is { } type
                && (type == typeof(double) || type == typeof(decimal) || type == typeof(TimeSpan)))
            .ToList();
        Assert.All(empty, property => Assert.Null(property.GetValue(metrics)));
        Assert.Equal(
            empty.Select(property => property.Name).Order(),
            metrics.Missing.Select(missing => missing.Measure).Order());
        Assert.Contains(reason, metrics.Missing[0].Reason, StringComparison.Ordinal);
    }

    /// <summary>Two complete days of New York and a half one.</summary>
    private static async Task<MeasuredFile> TwoDaysAndAHalfAsync()
    {
        var file = await MeasuredFile.CreateAsync("America/New_York");
        file.AddDay(Day1, basal: 24, hours: 24, bolus: 16, carbs: 200);
        file.AddDay(Day1.AddDays(1), basal: 20, hours: 18, bolus: 16, carbs: 100);
        file.AddDay(Day1.AddDays(2), basal: 6, hours: 8, bolus: 3, carbs: 40);

        file.AddBolus(
            Day1.AddHours(8),
            "'Standard' AS kind, 'Pump Screen' AS source, 'Completed' AS status, 8.0 AS delivered, 60 AS carbs, "
            + "1.0 AS requested_correction, true AS overridden");
        file.AddBolus(
            Day1.AddHours(12),
            "'Standard' AS kind, 'Pump Screen' AS source, 'Completed' AS status, 4.0 AS delivered, 0 AS carbs, "
            + "4.0 AS requested_correction");
        file.AddBolus(
            Day1.AddHours(13),
            "'Automatic' AS kind, 'Algorithm' AS source, 'Completed' AS status, 0.6 AS delivered, 0 AS carbs, "
            + "0.6 AS requested_correction");
        file.AddBolus(
            Day1.AddHours(19),
            "'Extended' AS kind, 'Bluetooth' AS source, 'User Aborted' AS status, 5.0 AS delivered, 70 AS carbs");
        file.AddBolus(
            Day1.AddHours(32),
            "'Standard' AS kind, 'Pump Screen' AS source, 'Completed' AS status, 3.0 AS delivered, 50 AS carbs");
        file.AddBolus(
            Day1.AddHours(50),
            "'Quick' AS kind, 'Quick Bolus Button' AS source, 'Completed' AS status, 3.0 AS delivered, 40 AS carbs");

        file.AddStretch("basal_deliveries", Day1, Day1.AddHours(18), "1.0 AS rate, 'Profile' AS rate_source");
        file.AddStretch(
            "basal_deliveries", Day1.AddHours(18), Day1.AddHours(36), "1.0 AS rate, 'Algorithm' AS rate_source");
        file.AddStretch(
            "basal_deliveries", Day1.AddHours(36), Day1.AddHours(48), "1.0 AS rate, 'Temp Rate' AS rate_source");
        file.AddStretch(
            "user_modes", Day1.AddHours(23), Day1.AddHours(31), "'Sleeping' AS mode, 'Schedule' AS started_by");
        file.AddStretch(
            "user_modes", Day1.AddHours(40), Day1.AddHours(41.5), "'Exercising' AS mode, 'User' AS started_by");
        file.AddStretch("suspensions", Day1.AddHours(23.5), Day1.AddHours(24.25), "'User Aborted' AS reason");
        return file;
    }
}
