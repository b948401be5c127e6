using System.Reflection;
using TandemFetch.Engine.Analytics.Glucose;
using TandemFetch.Engine.Reading;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Analytics;

/// <summary>
/// What holds for measures whatever the readings are. The seed of each log is in the name of the test.
/// </summary>
public sealed class GlucoseLawTests
{
    private const string Zone = "America/New_York";
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 7, 13, 20, TimeSpan.Zero);
    private static readonly RecordFilter Everything = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [1, 2, 3, 4];

    public static MatrixTheoryData<int, GlucoseGrouping> Groupings => new(
        [5, 6],
        [
            GlucoseGrouping.Day, GlucoseGrouping.Week, GlucoseGrouping.Month, GlucoseGrouping.Weekday,
            GlucoseGrouping.Hour, GlucoseGrouping.DayPart, GlucoseGrouping.Sensor, GlucoseGrouping.Pump,
        ]);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Ranges_add_up_to_100(int seed)
    {
        using var file = await MixedAsync(seed);
        GlucoseRanges[] all =
        [
            GlucoseRanges.Standard, GlucoseRanges.OlderHighRisk, GlucoseRanges.Pregnancy,
            GlucoseRanges.Between([80, 160]), GlucoseRanges.Between([50, 300]),
            GlucoseRanges.Between([60, 90, 150, 200]),
        ];

        foreach (var ranges in all)
        {
            var metrics = GlucoseMeasures.Measure(file.Database, Everything, ranges, Cancellation);
            double?[] percents =
            [
                metrics.VeryLowPercent, metrics.LowPercent, metrics.InRangePercent, metrics.HighPercent,
                metrics.VeryHighPercent,
            ];
            TimeSpan?[] times =
            [
                metrics.VeryLowTimeValue, metrics.LowTimeValue, metrics.InRangeTimeValue, metrics.HighTimeValue,
                metrics.VeryHighTimeValue,
            ];

            Assert.Equal(100, percents.Sum(percent => percent ?? 0), 1e-9);
            Assert.Equal(metrics.CoveredTimeValue.Ticks, times.Sum(time => time?.Ticks ?? 0));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Duplicates_and_the_order_of_rows_change_nothing(int seed)
    {
        var readings = RandomGlucose.Of(seed, Start, TimeSpan.FromDays(11.0), 5);
        var random = new Random(seed);
        var shuffled = readings.Concat(readings.Where(_ => random.Next(3) == 0)).ToArray();
        random.Shuffle(shuffled);
        using var file = await MeasuredFile.OfAsync(readings, Zone);
        using var other = await MeasuredFile.OfAsync(shuffled, Zone);

        AssertSame(Measure(file), Measure(other));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_unit_changes_no_percent_and_divides_every_glucose(int seed)
    {
        using var file = await MixedAsync(seed);
        var milligrams = Measure(file);

        var millimoles = milligrams.In(GlucoseUnit.MmolL);

        Assert.Equal(GlucoseUnit.MmolL, millimoles.Unit);
        foreach (var (name, before) in Numbers(milligrams))
        {
            var after = Numbers(millimoles)[name];
            var hasUnit = name is "Mean" or "Median" or "LowerQuartile" or "UpperQuartile" or "InterquartileRange"
                or "StandardDeviation" or "Modd" or "Mag" || name.StartsWith("Conga", StringComparison.Ordinal)
                || name.StartsWith("Mage", StringComparison.Ordinal) || name.StartsWith("Sd", StringComparison.Ordinal);
            Assert.Equal(hasUnit ? before / 18.01559 : before, after);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_five_minute_log_is_measured_the_same_as_the_five_minute_subset_of_a_one_minute_log(int seed)
    {
        var minutes = RandomGlucose.Of(seed, Start, TimeSpan.FromDays(4.0), 1);
        var subset = minutes.Where(reading => (reading.Time - Start).TotalMinutes % 5 == 0).ToList();
        using var five = await MeasuredFile.OfAsync(subset, Zone, "G7");
        using var fifth = await MeasuredFile.OfAsync(subset, Zone, "Libre 3");

        AssertSame(Measure(five), Measure(fifth));
        Assert.Equal(TimeSpan.FromMinutes(5.0 * subset.Count), Measure(fifth).CoveredTimeValue);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_value_that_is_read_every_minute_counts_no_more_than_one_that_is_read_every_fifteen(int seed)
    {
        // On the quarters of the hour, so that no value is held beyond midnight.
        var quarter = new DateTimeOffset(2026, 3, 2, 7, 15, 0, TimeSpan.Zero);
        var readings = RandomGlucose.Of(seed, quarter, TimeSpan.FromDays(3.0), 15);
        var held = readings.SelectMany(reading =>
            Enumerable.Range(0, 15).Select(minute => (reading.Time.AddMinutes(minute), reading.Glucose)));
        using var quarters = await MeasuredFile.OfAsync(readings, Zone);
        using var minutes = await MeasuredFile.OfAsync(held, Zone, "Libre 3");

        var (few, many) = (Measure(quarters), Measure(minutes));

        Assert.Equal(few.CoveredTimeValue, many.CoveredTimeValue);
        foreach (var (name, number) in Numbers(few).Where(number =>
            number.Key.EndsWith("Percent", StringComparison.Ordinal)
                || number.Key.Contains("BloodGlucose", StringComparison.Ordinal)
            || number.Key is "Mean" or "GlycemiaRiskIndex" or "AverageDailyRiskRange"))
        {
            Assert.Equal(number!.Value, Numbers(many)[name]!.Value, 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Groupings))]
    public async Task Groups_add_up_to_the_period(int seed, GlucoseGrouping grouping)
    {
        using var file = await MixedAsync(seed);
        var whole = Measure(file);

        var groups = GlucoseMeasures.MeasureBy(
            file.Database, Everything, GlucoseRanges.Standard, grouping, Cancellation).ToList();

        Assert.Equal(whole.Readings, groups.Sum(group => group.Readings));
        Assert.Equal(whole.CoveredTimeValue.Ticks, groups.Sum(group => group.CoveredTimeValue.Ticks));
        Assert.Equal(whole.InRangeTimeValue!.Value.Ticks, groups.Sum(group => group.InRangeTimeValue!.Value.Ticks));
        Assert.Equal(
            whole.TightRangeTimeValue!.Value.Ticks, groups.Sum(group => group.TightRangeTimeValue!.Value.Ticks));
        Assert.Equal(whole.VeryHighTimeValue!.Value.Ticks, groups.Sum(group => group.VeryHighTimeValue!.Value.Ticks));
        Assert.Equal(
            whole.Mean!.Value,
            groups.Sum(group => group.Mean!.Value * group.CoveredTimeValue.TotalDays)
                / whole.CoveredTimeValue.TotalDays,
            1e-9);
        Assert.All(groups, group => Assert.Equal(grouping, group.By));
        Assert.Distinct(groups.Select(group => group.Group));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_day_has_the_same_numbers_whether_it_is_asked_for_alone_or_with_others(int seed)
    {
        using var file = await MixedAsync(seed);
        var day = GlucoseMeasures.MeasureBy(
            file.Database, Everything, GlucoseRanges.Standard, GlucoseGrouping.Day, Cancellation)
            .Single(metrics => metrics.Group == "2026-03-08");

        var alone = GlucoseMeasures.Measure(
            file.Database,
            new RecordFilter
            {
                Since = new DateTimeOffset(2026, 3, 8, 0, 0, 0, TimeSpan.FromHours(-5.0)),
                Until = new DateTimeOffset(2026, 3, 9, 0, 0, 0, TimeSpan.FromHours(-4.0)),
            },
            GlucoseRanges.Standard,
            Cancellation);

        Assert.Equal(day.Readings, alone.Readings);
        Assert.Equal(day.CoveredTimeValue, alone.CoveredTimeValue);
        Assert.Equal(day.Mean!.Value, alone.Mean!.Value, 1e-9);
        Assert.Equal(day.InRangeTimeValue, alone.InRangeTimeValue);
        Assert.Equal(day.Median!.Value, alone.Median!.Value, 1e-9);
    }

    private static GlucoseMetrics Measure(MeasuredFile file) =>
        GlucoseMeasures.Measure(file.Database, Everything, GlucoseRanges.Standard, Cancellation);

    /// <summary>Twelve days over a change of clocks: sensors of 15, 5 and 1 minutes, one after the other.</summary>
    private static async Task<MeasuredFile> MixedAsync(int seed)
    {
        var file = await MeasuredFile.CreateAsync(Zone);
        file.AddReadings(RandomGlucose.Of(seed, Start, TimeSpan.FromDays(4.0), 15), "Libre 2");
        file.AddReadings(RandomGlucose.Of(seed + 100, Start.AddDays(4.1), TimeSpan.FromDays(6.0), 5));
        file.AddReadings(RandomGlucose.Of(seed + 200, Start.AddDays(10.1), TimeSpan.FromDays(2.0), 1), "Libre 3");
        return file;
    }

    private static void AssertSame(GlucoseMetrics expected, GlucoseMetrics actual)
    {
        Assert.Equal(expected.Readings, actual.Readings);
        Assert.Equal(expected.CoveredTimeValue, actual.CoveredTimeValue);
        Assert.Equal(expected.Missing, actual.Missing);
        foreach (var (name, number) in Numbers(expected))
        {
            var other = Numbers(actual)[name];
            Assert.True(
                number is null == other is null && Math.Abs((number ?? 0) - (other ?? 0)) < 1e-9,
                $"{name}: {number} and {other}");
        }
    }

    private static Dictionary<string, double?> Numbers(GlucoseMetrics metrics) => typeof(GlucoseMetrics)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.PropertyType == typeof(double?))
        .ToDictionary(property => property.Name, property => (double?)property.GetValue(metrics));
}
