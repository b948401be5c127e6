using System.Globalization;
using TandemFetch.Engine.Analytics.Glucose;
using TandemFetch.Engine.Reading;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Analytics;

/// <summary>The percentile curve by hour of the day.</summary>
public sealed class ProfileTests
{
    // Hour's centre, percentiles 5, 25, 50, 75 and 95, smoothed, of the five-minute series by @tidepool/viz 1.60.0.
    private const string Reference = """
        0.5 97.6083 125.625 148.25 177 201.95
        1.5 81.1 146.1667 163.4167 196.9167 220.0333
        2.5 120.1417 173.625 189.1667 210.1667 222.475
        3.5 175.2667 192.5 204.3333 216.3333 227.1667
        4.5 179.2 191.8333 213.5 232.5 247.5
        5.5 172.8 187.625 219.25 246.0833 263.275
        6.5 177.7583 190.8333 215.5833 246.8333 263.2667
        7.5 185.9 198.125 213.9167 230.6667 246.275
        8.5 179.9167 194 206 219.375 228.3333
        9.5 152.65 168.625 190.9167 216.9167 241.425
        10.5 129.25 143.8333 174.8333 206.0833 281.075
        11.5 120.7083 133.0833 156.25 185.4167 251.1417
        12.5 116.925 127.8333 143.0833 158.5417 213.9083
        13.5 95.8917 112.4167 127.6667 142.2083 193.8833
        14.5 67.8333 83.5417 105.6667 135.5 158.1083
        15.5 49.5 64.7917 94.0833 123.5 141.7667
        16.5 49.3333 61.5417 86.4167 107.5 124.1083
        17.5 58.2583 68.5 81.5 94.125 106.575
        18.5 53.7 66.7917 81.75 99.375 112.7083
        19.5 45.2167 60.2917 87.4167 116.5417 131.0417
        20.5 50.6667 66.4583 99.0833 127.5833 140.2833
        21.5 69.2833 89.4583 110.9167 130.375 140.5
        22.5 91.7 110.5 124 135.7083 146.15
        23.5 92.7917 117.5 137 155.5 174.9
        """;

    private static readonly DateTimeOffset Midnight = new(2026, 1, 10, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_curve_has_the_numbers_of_the_reference_to_four_decimals()
    {
        using var file = await MeasuredFile.OfAsync(SyntheticSeries.Syn5);

        var profile = GlucoseProfiles.Read(file.Database, new RecordFilter(), Cancellation);

        Assert.Equal(
            Reference.ReplaceLineEndings("\n").Split('\n'),
            profile.Select(hour => string.Join(' ', new[]
            {
                hour.Hour + 0.5, hour.Percentile5!.Value, hour.Percentile25!.Value, hour.Median!.Value,
                hour.Percentile75!.Value, hour.Percentile95!.Value,
            }.Select(value => value.ToString("0.####", CultureInfo.InvariantCulture)))));
        Assert.All(profile, hour => Assert.Null(hour.Reason));
    }

    [Fact]
    public async Task Percentiles_are_interpolated_and_smoothed_around_the_clock()
    {
        using var file = await MeasuredFile.CreateAsync();
        file.AddReadings(GlucoseMeasureTests.Every(5, Midnight.AddHours(-1), 12, 100));
        file.AddReadings(GlucoseMeasureTests.Every(5, Midnight, 12, 160));
        file.AddReadings(GlucoseMeasureTests.Every(5, Midnight.AddHours(1), 12, 220));

        var profile = GlucoseProfiles.Read(file.Database, new RecordFilter(), Cancellation);

        Assert.Equal([160, 220, 100], new[] { 0, 1, 23 }.Select(hour => profile[hour].RawMedian!.Value));
        Assert.Equal(
            [(100 + (4 * 160) + 220) / 6.0, (160 + (4 * 220)) / 5.0, ((4 * 100) + 160) / 5.0],
            new[] { 0, 1, 23 }.Select(hour => profile[hour].Median!.Value));
        Assert.Null(profile[12].Median);
        Assert.Equal("There are no readings in this hour.", profile[12].Reason);
        Assert.Null(profile[0].Percentile5);
        Assert.Contains("20 readings", profile[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sensor_of_one_minute_has_no_more_weight_in_an_hour_than_one_of_fifteen()
    {
        using var file = await MeasuredFile.CreateAsync();
        file.AddReadings(GlucoseMeasureTests.Every(15, Midnight, 96, 100), "Libre 2");
        file.AddReadings(GlucoseMeasureTests.Every(1, Midnight.AddDays(1), 1440, 200), "Libre 3");
        file.AddReadings(GlucoseMeasureTests.Every(15, Midnight.AddDays(2), 96, 150), "Libre 2");

        var profile = GlucoseProfiles.Read(file.Database, new RecordFilter(), Cancellation);

        Assert.All(profile, hour => Assert.Equal(150, hour.RawMedian!.Value, 1e-9));
        Assert.All(profile, hour => Assert.Equal(3, hour.Days));
    }

    [Fact]
    public async Task Hours_are_those_of_the_pumps_zone()
    {
        using var file = await MeasuredFile.OfAsync(
            GlucoseMeasureTests.Every(
                5, new DateTimeOffset(2026, 3, 8, 6, 0, 0, TimeSpan.Zero), 24, 100), "America/New_York");

        var profile = GlucoseProfiles.Read(file.Database, new RecordFilter(), Cancellation);

        Assert.Equal([1, 3], profile.Where(hour => hour.Readings > 0).Select(hour => hour.Hour));
    }

    [Fact]
    public async Task Without_readings_there_are_24_empty_hours()
    {
        using var file = await MeasuredFile.CreateAsync();

        var profile = GlucoseProfiles.Read(file.Database, new RecordFilter(), Cancellation);

        Assert.Equal(Enumerable.Range(0, 24), profile.Select(hour => hour.Hour));
        Assert.All(profile, hour => Assert.True(hour is { Readings: 0, Median: null, Reason: not null }));
    }

    [Fact]
    public async Task Percentiles_can_be_shown_in_the_other_unit()
    {
        using var file = await MeasuredFile.OfAsync(GlucoseMeasureTests.Every(1, Midnight, 1440, 180));

        var hour = GlucoseProfiles.Read(file.Database, new RecordFilter(), Cancellation)[7].In(GlucoseUnit.MmolL);

        Assert.Equal(GlucoseUnit.MmolL, hour.Unit);
        Assert.Equal(180 / 18.01559, hour.Percentile5!.Value, 1e-12);
        Assert.Equal(180 / 18.01559, hour.RawPercentile95!.Value, 1e-12);
    }
}
