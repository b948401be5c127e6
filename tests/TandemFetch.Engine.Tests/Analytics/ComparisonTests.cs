using TandemFetch.Engine.Analytics.Comparison;
using TandemFetch.Engine.Reading;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Analytics;

/// <summary>Two periods side by side.</summary>
public sealed class ComparisonTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_difference_that_every_pair_of_days_has_is_clear()
    {
        using var file = await TwoWeeksAsync(day => day < 7 ? 150 + day : 140 + day - 7);

        var mean = Compare(file).Single(difference => difference.Measure == "Mean");

        Assert.Equal((153.0, 143.0, -10.0), (Round(mean.Reference), Round(mean.Value), Round(mean.Difference)));
        Assert.Equal(
            (-10.0, -10.0, -10.0),
            (Round(mean.MeanDailyDifference), Round(mean.IntervalLow), Round(mean.IntervalHigh)));
        Assert.True(mean.IsClear);
        Assert.Equal((7, 5), (mean.Pairs, mean.Seed));
        Assert.Equal((Start, Start.AddDays(7), Start.AddDays(14)), (mean.ReferenceSince, mean.Since, mean.Until));
        Assert.Null(mean.Reason);
    }

    [Fact]
    public async Task A_difference_that_days_have_anyway_is_not_clear()
    {
        using var file = await TwoWeeksAsync(day => (day % 2 == 0 ? 120 : 160) + (day / 7 * 3));

        var mean = Compare(file).Single(difference => difference.Measure == "Mean");

        Assert.True(mean.IntervalLow < 0 && mean.IntervalHigh > 0);
        Assert.False(mean.IsClear);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    public async Task The_same_seed_gives_the_same_interval(int seed)
    {
        using var file = await TwoWeeksAsync(day => 100 + (day * 37 % 60));

        Assert.Equal(Compare(file, seed), Compare(file, seed));
        Assert.Contains(Compare(file, seed), difference => difference.IntervalLow < difference.IntervalHigh);
    }

    [Fact]
    public async Task The_interval_of_a_known_sample_is_that_of_the_bootstrap()
    {
        using var file = await TwoWeeksAsync(day => day < 7 ? 150 : 150 + new[] { -12, -7, -3, 0, 4, 8, 17 }[day - 7]);

        var mean = Compare(file).Single(difference => difference.Measure == "Mean");

        // The deviation of a mean of seven is 9.1 / sqrt(7) = 3.45, with n instead of n - 1.
        Assert.Equal(1.0, mean.MeanDailyDifference!.Value, 1e-9);
        Assert.InRange(mean.IntervalLow!.Value, 1 - (2.3 * 3.45), 1 - (1.6 * 3.45));
        Assert.InRange(mean.IntervalHigh!.Value, 1 + (1.6 * 3.45), 1 + (2.3 * 3.45));
    }

    [Fact]
    public async Task Days_with_too_few_readings_are_no_pair()
    {
        using var file = await TwoWeeksAsync(day => 150 + day, day => day == 3 ? 200 : 288);

        var mean = Compare(file).Single(difference => difference.Measure == "Mean");

        Assert.Equal(6, mean.Pairs);
    }

    [Fact]
    public async Task What_is_missing_has_a_reason_and_nothing_is_no_number()
    {
        using var file = await TwoWeeksAsync(day => 150 + day, day => day is >= 7 or < 3 ? 288 : 0);
        using var empty = await MeasuredFile.CreateAsync();

        foreach (var difference in Compare(file).Concat(Compare(empty)))
        {
            Assert.True(
                difference.Reason is not null == (difference.IntervalLow is null || difference.Difference is null),
                difference.ToString());
            Assert.All(
                new[] { difference.Reference, difference.Value, difference.Difference, difference.IntervalLow },
                number => Assert.True(number is not { } value || double.IsFinite(value)));
        }

        Assert.Equal(3, Compare(file).Single(difference => difference.Measure == "Mean").Pairs);
        Assert.Contains(
            "no insulin",
            Compare(file).Single(difference => difference.Measure == "Carbs").Reason,
            StringComparison.Ordinal);
        Assert.Contains(
            "no readings",
            Compare(empty).Single(difference => difference.Measure == "Mean").Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Insulin_is_compared_by_complete_days()
    {
        using var file = await MeasuredFile.CreateAsync();
        for (var day = 0; day < 14; day++)
        {
            file.AddDay(Start.AddDays(day), basal: day < 7 ? 20 : 18, hours: day == 2 ? 10 : 24, bolus: 10, carbs: 150);
        }

        var total = Compare(file).Single(difference => difference.Measure == "TotalUnits");

        Assert.Equal((30.0, 28.0, -2.0, 6), (total.Reference, total.Value, total.Difference, total.Pairs));
        Assert.True(total.IsClear);
    }

    private static IReadOnlyList<MeasureDifference> Compare(MeasuredFile file, int seed = 5) =>
        PeriodComparison.Compare(
        file.Database,
        new RecordFilter { Since = Start, Until = Start.AddDays(7) },
        new RecordFilter { Since = Start.AddDays(7), Until = Start.AddDays(14) },
        seed,
        Cancellation);

    private static double? Round(double? value) => value is { } number ? Math.Round(number, 9) : null;

    private static Task<MeasuredFile> TwoWeeksAsync(Func<int, int> glucose, Func<int, int>? readings = null) =>
        MeasuredFile.OfAsync(Enumerable.Range(0, 14).SelectMany(day =>
            GlucoseMeasureTests.Every(5, Start.AddDays(day), readings?.Invoke(day) ?? 288, glucose(day))));
}
