using TandemFetch.Engine.Analytics.Glucose;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Analytics;

/// <summary>Measures of a few readings whose numbers can be counted by hand, and of too few.</summary>
public sealed class GlucoseMeasureTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_day_of_each_sensor_counts_as_a_day()
    {
        using var file = await MeasuredFile.CreateAsync();
        file.AddReadings(Every(15, Noon, 96, 60), "Libre 2");
        file.AddReadings(Every(5, Noon.AddDays(1), 288, 120));
        file.AddReadings(Every(1, Noon.AddDays(2), 1440, 240), "Libre 3");

        var metrics = Measure(file);

        Assert.Equal(TimeSpan.FromDays(3.0), metrics.CoveredTimeValue);
        Assert.Equal(140, metrics.Mean!.Value, 1e-9);
        Assert.Equal(100 / 3.0, metrics.InRangePercent!.Value, 1e-9);
        Assert.Equal(100 / 3.0, metrics.LowPercent!.Value, 1e-9);
        Assert.Equal(100, metrics.SensorActivePercent!.Value, 1e-9);
    }

    [Fact]
    public async Task A_second_sensor_at_the_same_time_adds_no_time()
    {
        using var file = await MeasuredFile.CreateAsync();
        file.AddPump("other", "90002222", "UTC", "2026-01-30");
        file.AddReadings(Every(5, Noon, 288, 120));
        file.AddReadings(Every(5, Noon.AddMinutes(2), 288, 130), "G6", "other");

        var metrics = Measure(file);
        var sensors = GlucoseMeasures.MeasureBy(
            file.Database, new RecordFilter(), GlucoseRanges.Standard, GlucoseGrouping.Sensor, Cancellation);
        var pumps = GlucoseMeasures.MeasureBy(
            file.Database, new RecordFilter(), GlucoseRanges.Standard, GlucoseGrouping.Pump, Cancellation);

        Assert.Equal(TimeSpan.FromMinutes((24.0 * 60) + 2), metrics.CoveredTimeValue);
        Assert.Equal(100, metrics.SensorActivePercent!.Value, 1e-9);
        Assert.Equal(["G6", "G7"], sensors.Select(sensor => sensor.Group));
        Assert.All(sensors, sensor => Assert.Equal(TimeSpan.FromDays(1.0), sensor.CoveredTimeValue));
        Assert.Equal([MeasuredFile.Serial, "90002222"], pumps.Select(pump => pump.Group));
        Assert.Equal([120.0, 130.0], pumps.Select(pump => pump.Mean!.Value));
    }

    [Fact]
    public async Task Some_seconds_of_jitter_change_no_weight()
    {
        var random = new Random(7);
        using var file = await MeasuredFile.OfAsync(
            Every(5, Noon, 288, 100)
                .Select(reading => (reading.Time.AddSeconds(random.Next(-9, 10)), reading.Glucose)));

        Assert.Equal(TimeSpan.FromDays(1.0), Measure(file).CoveredTimeValue);
    }

    [Fact]
    public async Task Missing_readings_make_no_slower_sensor()
    {
        var readings = Every(5, Noon, 288, 100).Where((_, i) => i % 4 is 0 or 1).ToList();
        using var file = await MeasuredFile.OfAsync(readings);

        Assert.Equal(TimeSpan.FromMinutes(5.0 * readings.Count), Measure(file).CoveredTimeValue);
        Assert.Equal(100 * 144 / 286.0, Measure(file).SensorActivePercent!.Value, 1e-9);
    }

    [Fact]
    public async Task A_reading_seconds_before_another_stands_for_these_seconds()
    {
        using var file = await MeasuredFile.OfAsync([.. Every(5, Noon, 12, 100), (Noon.AddSeconds(310), 200)]);

        // Eleven whole intervals of 100, ten seconds of it, and five minutes of 200.
        Assert.Equal(TimeSpan.FromSeconds(3610.0), Measure(file).CoveredTimeValue);
        Assert.Equal(((3310 * 100) + (300 * 200)) / 3610.0, Measure(file).Mean!.Value, 1e-9);
    }

    [Fact]
    public async Task Low_and_High_count_as_such()
    {
        using var file = await MeasuredFile.OfAsync(
            [.. Every(5, Noon, 10, 39), .. Every(5, Noon.AddMinutes(50), 30, 401)]);

        var metrics = Measure(file);

        Assert.Equal((25.0, 75.0), (metrics.VeryLowPercent!.Value, metrics.VeryHighPercent!.Value));
    }

    [Fact]
    public async Task The_target_range_has_both_its_ends()
    {
        using var file = await MeasuredFile.OfAsync(
            new[] { 53, 54, 69, 70, 180, 181, 250, 251 }.Select((glucose, i) => (Noon.AddMinutes(5 * i), glucose)));

        var metrics = Measure(file);

        Assert.Equal(
            [12.5, 25.0, 25.0, 25.0, 12.5],
            new[]
            {
                metrics.VeryLowPercent, metrics.LowPercent, metrics.InRangePercent, metrics.HighPercent,
                metrics.VeryHighPercent,
            }.Select(percent => percent!.Value));
    }

    [Theory]
    [InlineData("America/New_York", 2026, 3, 8, 23)]
    [InlineData("America/New_York", 2026, 11, 1, 25)]
    [InlineData("Australia/Lord_Howe", 2026, 4, 5, 24.5)]
    [InlineData("Asia/Kathmandu", 2026, 4, 5, 24)]
    public async Task A_day_is_as_long_as_the_zone_has_it(string zone, int year, int month, int date, double hours)
    {
        var day = new DateOnly(year, month, date);
        var begins = ZoneRules.Find(zone).StartOf(day.AddDays(-1));
        using var file = await MeasuredFile.OfAsync(Every(5, begins, 4 * 288, 100), zone);

        var days = GlucoseMeasures.MeasureBy(
            file.Database, new RecordFilter(), GlucoseRanges.Standard, GlucoseGrouping.Day, Cancellation).ToList();

        var metrics = days.Single(
            metrics => metrics.Group == day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.FromHours(hours), metrics.CoveredTimeValue);
        Assert.Equal(TimeSpan.FromHours(hours), metrics.InRangeTimeValue);
        Assert.Equal(100, metrics.SensorActivePercent!.Value, 1e-9);
    }

    [Fact]
    public async Task An_hour_that_comes_twice_has_room_for_both()
    {
        var begins = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.FromHours(-4.0));
        using var file = await MeasuredFile.OfAsync(Every(5, begins, 300, 100), "America/New_York");

        var hours = GlucoseMeasures.MeasureBy(
            file.Database, new RecordFilter(), GlucoseRanges.Standard, GlucoseGrouping.Hour, Cancellation).ToList();

        Assert.Equal(24, hours.Count);
        Assert.Equal(TimeSpan.FromHours(2.0), hours.Single(hour => hour.Group == "01").CoveredTimeValue);
        Assert.All(hours, hour => Assert.Equal(100, hour.SensorActivePercent!.Value, 1e-9));
    }

    [Fact]
    public async Task Half_a_day_without_readings_is_half_a_day_inactive()
    {
        using var file = await MeasuredFile.OfAsync(
            [
                .. Every(5, Noon.AddHours(-12), 288, 100), .. Every(5, Noon.AddDays(1), 144, 100),
                .. Every(5, Noon.AddHours(36), 288, 100)]);

        var days = GlucoseMeasures.MeasureBy(
            file.Database, new RecordFilter(), GlucoseRanges.Standard, GlucoseGrouping.Day, Cancellation);

        Assert.Equal(
            [("2026-01-10", 100.0), ("2026-01-11", 50.0), ("2026-01-12", 100.0)],
            days.Select(day => (day.Group!, Math.Round(day.SensorActivePercent!.Value, 9))));
    }

    [Fact]
    public async Task Groups_come_in_their_order_and_under_their_names()
    {
        using var file = await MeasuredFile.OfAsync(Every(15, Noon, 96 * 8, 100));

        Assert.Equal(
            ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
            Groups(GlucoseGrouping.Weekday));
        Assert.Equal(["Night", "Day"], Groups(GlucoseGrouping.DayPart));
        Assert.Equal(["2026-W02", "2026-W03"], Groups(GlucoseGrouping.Week));
        Assert.Equal(["2026-01"], Groups(GlucoseGrouping.Month));

        IEnumerable<string?> Groups(GlucoseGrouping grouping) => GlucoseMeasures
            .MeasureBy(file.Database, new RecordFilter(), GlucoseRanges.Standard, grouping, Cancellation)
            .Select(metrics => metrics.Group).ToList();
    }

    [Fact]
    public async Task Without_readings_every_number_is_empty_and_the_reason_is_given()
    {
        using var file = await MeasuredFile.CreateAsync();

        var metrics = Measure(file);

        Assert.Equal(0, metrics.Readings);
        Assert.Equal("All", Assert.Single(metrics.Missing).Measure);
        Assert.All(EmptyNumbers(metrics), number => Assert.Null(number.Value));
        Assert.Empty(GlucoseMeasures.MeasureBy(
            file.Database, new RecordFilter(), GlucoseRanges.Standard, GlucoseGrouping.Day, Cancellation));
    }

    [Fact]
    public async Task A_range_in_the_future_has_no_readings()
    {
        using var file = await MeasuredFile.OfAsync(Every(5, Noon, 288, 100));

        var metrics = GlucoseMeasures.Measure(
            file.Database, new RecordFilter { Since = Noon.AddYears(2000) }, GlucoseRanges.Standard, Cancellation);

        Assert.Equal((0L, "All"), (metrics.Readings, Assert.Single(metrics.Missing).Measure));
    }

    [Fact]
    public async Task One_reading_has_a_mean_and_ranges_and_a_reason_for_everything_else()
    {
        using var file = await MeasuredFile.OfAsync([(Noon, 123)]);

        var metrics = Measure(file);

        Assert.Equal((123.0, 123.0, 100.0), (metrics.Mean, metrics.Median, metrics.InRangePercent));
        Assert.Equal(TimeSpan.FromMinutes(5.0), metrics.CoveredTimeValue);
        Assert.Equal(
            EmptyNumbers(metrics).Where(number => number.Value is null).Select(number => number.Key).Order(),
            metrics.Missing.Select(missing => missing.Measure).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(288)]
    public async Task Every_empty_number_has_a_reason_and_none_is_no_number(int readings)
    {
        using var file = await MeasuredFile.OfAsync(Every(5, Noon, readings, 100));

        foreach (var metrics in Enum.GetValues<GlucoseGrouping>()
            .SelectMany(grouping => GlucoseMeasures.MeasureBy(
                file.Database, new RecordFilter(), GlucoseRanges.Pregnancy, grouping, Cancellation))
            .Append(Measure(file)))
        {
            var numbers = EmptyNumbers(metrics);
            Assert.All(
                numbers,
                number => Assert.True(number.Value is not double value || double.IsFinite(value), number.Key));
            Assert.Equal(
                numbers.Where(number => number.Value is null).Select(number => number.Key).Order(),
                metrics.Missing.Select(missing => missing.Measure).Order());
        }
    }

    [Fact]
    public async Task A_pump_in_a_zone_that_nobody_knows_is_reported()
    {
        using var file = await MeasuredFile.CreateAsync("Mars/Base");

        var failure = Assert.Throws<TandemException>(() => Measure(file));

        Assert.Equal("TimeZoneUnknown", failure.ErrorId);
        Assert.Contains("Set-TandemPump", failure.Message, StringComparison.Ordinal);
    }

    internal static IEnumerable<(DateTimeOffset Time, int Glucose)> Every(
        int minutes, DateTimeOffset start, int count, int glucose) =>
        Enumerable.Range(0, count).Select(i => (start.AddMinutes(minutes * i), glucose));

    private static GlucoseMetrics Measure(MeasuredFile file) =>
        GlucoseMeasures.Measure(file.Database, new RecordFilter(), GlucoseRanges.Standard, Cancellation);

    private static Dictionary<string, object?> EmptyNumbers(GlucoseMetrics metrics) =>
        typeof(GlucoseMetrics).GetProperties()
        .Where(property => property.PropertyType == typeof(double?)
            || TypedValue.Of(property)?.PropertyType == typeof(TimeSpan?))
        .ToDictionary(property => property.Name, property => property.GetValue(metrics));
}
