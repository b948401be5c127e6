using TandemFetch.Engine.Analytics.Meals;
using TandemFetch.Engine.Reading;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Analytics;

/// <summary>Meals and the glucose after them.</summary>
public sealed class MealTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_meal_has_the_glucose_before_and_after_it()
    {
        using var file = await MeasuredFile.OfAsync(Triangle());
        file.AddBolus(Noon, "60 AS carbs, 5.500 AS delivered, 1.250 AS iob");

        var meal = Assert.Single(Find(file));

        Assert.Equal((60, 5.500m, 1.250m), (meal.Carbs, meal.Delivered, meal.Iob));
        Assert.Equal((100, 180, 80), (meal.GlucoseBefore, meal.Peak, meal.Rise));
        Assert.Equal(TimeSpan.FromMinutes(80.0), meal.TimeToPeakValue);
        Assert.Equal(
            [160, 140, 80, 80],
            new[] { meal.GlucoseAfter1Hour, meal.GlucoseAfter2Hours, meal.GlucoseAfter3Hours, meal.GlucoseAfter4Hours }
                .Select(glucose => glucose!.Value));
        Assert.Equal((false, false), (meal.Corrected, meal.Low));
        Assert.Equal(MeasuredFile.Serial, meal.PumpSerial);
        Assert.Empty(meal.Missing);
    }

    [Theory]
    [InlineData("0.8 AS delivered, 'Automatic' AS kind, 0 AS carbs", 239, true)]
    [InlineData("2.0 AS delivered, 'Standard' AS kind, 0 AS carbs, 1.0 AS requested_correction", 30, true)]
    [InlineData("2.0 AS delivered, 'Standard' AS kind, 0 AS carbs", 30, false)]
    [InlineData("0.8 AS delivered, 'Automatic' AS kind, 0 AS carbs", 241, false)]
    public async Task A_correction_within_four_hours_is_seen(string bolus, int minutes, bool corrected)
    {
        using var file = await MeasuredFile.OfAsync(Triangle());
        file.AddBolus(Noon, "60 AS carbs");
        file.AddBolus(Noon.AddMinutes(minutes), bolus);

        Assert.Equal(corrected, Assert.Single(Find(file)).Corrected);
    }

    [Fact]
    public async Task A_low_and_the_next_meal_within_four_hours_are_seen()
    {
        using var file = await MeasuredFile.OfAsync(
            Triangle().Select(reading => (reading.Time, reading.Time == Noon.AddMinutes(200) ? 69 : reading.Glucose)));
        file.AddBolus(Noon, "60 AS carbs");
        file.AddBolus(Noon.AddHours(2), "20 AS carbs");

        var meals = Find(file);

        Assert.Equal([true, true], meals.Select(meal => meal.Low!.Value));
        Assert.Equal([TimeSpan.FromHours(2.0), null], meals.Select(meal => meal.NextMealValue));
    }

    [Fact]
    public async Task What_readings_are_missing_for_is_empty_and_says_why()
    {
        using var file = await MeasuredFile.OfAsync(
            Triangle().Where(reading => reading.Time > Noon && reading.Time < Noon.AddHours(1)));
        file.AddBolus(Noon, "60 AS carbs");

        var meal = Assert.Single(Find(file));

        Assert.True(
            meal is { GlucoseBefore: null, Peak: null, TimeToPeak: null, Rise: null, GlucoseAfter2Hours: null });
        Assert.Null(meal.Low);
        Assert.NotNull(meal.GlucoseAfter1Hour);
        Assert.Equal(
            [
                "GlucoseBefore", "Peak", "TimeToPeak", "Low", "Rise", "GlucoseAfter2Hours", "GlucoseAfter3Hours",
                "GlucoseAfter4Hours",
            ],
            meal.Missing.Select(missing => missing.Measure));
    }

    [Fact]
    public async Task Meals_are_those_of_the_period_and_their_glucose_may_lie_beyond_it()
    {
        using var file = await MeasuredFile.OfAsync(Triangle());
        file.AddBolus(Noon.AddMinutes(-1), "10 AS carbs");
        file.AddBolus(Noon, "60 AS carbs");
        file.AddBolus(Noon.AddMinutes(1), "20 AS carbs");

        var meal = Assert.Single(Find(file, new RecordFilter { Since = Noon, Until = Noon.AddMinutes(1) }));

        Assert.Equal((60, 180, 100), (meal.Carbs, meal.Peak, meal.GlucoseBefore));
    }

    [Fact]
    public async Task A_file_without_boluses_has_no_meals_and_one_without_readings_has_meals_without_glucose()
    {
        using var file = await MeasuredFile.OfAsync(Triangle());
        using var other = await MeasuredFile.CreateAsync();
        other.AddBolus(Noon, "60 AS carbs");

        Assert.Empty(Find(file));
        Assert.Null(Assert.Single(Find(other)).Peak);
    }

    private static IReadOnlyList<Meal> Find(MeasuredFile file, RecordFilter? filter = null) =>
        MealResponses.Find(file.Database, filter ?? new RecordFilter(), Cancellation);

    /// <summary>From 100 at noon by 1 mg/dL a minute up to 180, and down again to 80.</summary>
    private static IEnumerable<(DateTimeOffset Time, int Glucose)> Triangle() =>
        Enumerable.Range(-12, 90).Select(i => 5 * i).Select(minute => (Noon.AddMinutes(minute), minute switch
        {
            <= 0 => 100,
            <= 80 => 100 + minute,
            _ => Math.Max(80, 260 - minute),
        }));
}
