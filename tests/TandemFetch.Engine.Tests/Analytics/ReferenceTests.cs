using System.Globalization;
using TandemFetch.Engine.Analytics.Glucose;
using TandemFetch.Engine.Reading;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Analytics;

/// <summary>
/// The numbers that other tools have for the synthetic series, to every digit that they print: iglu 4.3.0 and
/// @tidepool/viz 1.60.0.
/// </summary>
public sealed class ReferenceTests(ReferenceTests.Measured measured) : IClassFixture<ReferenceTests.Measured>
{
    [Fact]
    public void The_series_are_those_that_the_numbers_are_of()
    {
        var values = SyntheticSeries.Syn5.ToDictionary(
            reading => (int)(reading.Time - SyntheticSeries.Start).TotalMinutes / 5, reading => reading.Glucose);

        Assert.Equal(
            (3927, 592_345, 41, 312), (values.Count, values.Values.Sum(), values.Values.Min(), values.Values.Max()));
        Assert.Equal(
            [170, 201, 115, 77, 60, 255, 183],
            new[] { 0, 100, 287, 2010, 2610, 3020, 4031 }.Select(i => values[i]));
        Assert.Equal(1309, SyntheticSeries.Syn15.Count);
    }

    [Theory]
    [InlineData("Mean", "150.839062898", "150.496562261")]
    [InlineData("StandardDeviation", "56.6450421191", "56.7423305419")]
    [InlineData("CoefficientOfVariation", "37.5532975549", "37.7034064362")]
    [InlineData("Gmi", "6.91807038452", "6.90987776929")]
    [InlineData("EstimatedA1c", "6.88289417763", "6.87096035754")]
    [InlineData("VeryLowPercent", "3.03030303030", "3.05576776165")]
    [InlineData("LowPercent", "5.75502928444", "6.03514132926")]
    [InlineData("InRangePercent", "55.4367201426", "55.3857906799")]
    [InlineData("HighPercent", "32.8749681691", "32.6967150497")]
    [InlineData("VeryHighPercent", "2.90297937357", "2.82658517953")]
    [InlineData("TightRangePercent", "38.884644767", "38.884644767")]
    [InlineData("GlycemiaRiskIndex", "53.8477209065", "54.3315508021")]
    [InlineData("SensorActivePercent", "97.3958333333", "97.3958333333")]
    [InlineData("Median", "143", "143")]
    [InlineData("InterquartileRange", "90.5", "90.0")]
    [InlineData("LowBloodGlucoseIndex", "1.92130849715", "1.94822909216")]
    [InlineData("HighBloodGlucoseIndex", "6.06580853690", "6.03534339099")]
    [InlineData("AverageDailyRiskRange", "44.7262804676", "44.4779087343")]
    [InlineData("JIndex", "43.0496538347", "42.9479586903")]
    [InlineData("Modd", "36.0013800718", "36.0343827672")]
    [InlineData("Conga1", "29.3986971382", "29.4147409409")]
    [InlineData("Conga2", "49.2877400052", "49.3312223798")]
    [InlineData("Conga4", "58.634008241", "58.6685121701")]
    [InlineData("Conga24", "44.9286640736", "45.0177762803")]
    [InlineData("Mage", "167.399244", "166.931757")]
    [InlineData("MageFirst", "160.173091", "159.479151")]
    [InlineData("MageMax", "174.625397", "174.384363")]
    [InlineData("MagePlus", "160.173091", "159.479151")]
    [InlineData("MageMinus", "174.625397", "174.384363")]
    [InlineData("LowEpisodesPerDay", "1.450516", "1.451247")]
    [InlineData("Mag", "26.3885", "26.2347")]
    [InlineData("SdWithinDays", "54.9661", "55.2286")]
    [InlineData("SdOfTimes", "48.9719", "49.1715")]
    [InlineData("SdOfDailyMeans", "13.5879", "13.5184")]
    [InlineData("SdBetweenDays", "27.9539", "27.9870")]
    public void A_measure_has_the_number_of_the_reference(string measure, string syn5, string syn15)
    {
        AssertPrinted(syn5, measured.Syn5, measure);
        AssertPrinted(syn15, measured.Syn15, measure);
    }

    [Fact]
    public void The_zone_of_the_risk_index_is_C()
    {
        Assert.Equal("C", measured.Syn5.GlycemiaRiskZone);
        Assert.Equal("C", measured.Syn15.GlycemiaRiskZone);
    }

    [Fact]
    public void What_the_numbers_rest_on_is_said()
    {
        Assert.Equal((3927L, 14), (measured.Syn5.Readings, measured.Syn5.Days));
        Assert.Equal(TimeSpan.FromMinutes(5.0 * 3927), measured.Syn5.CoveredTimeValue);
        Assert.Equal(TimeSpan.FromMinutes(15.0 * 1309), measured.Syn15.CoveredTimeValue);
        Assert.Empty(measured.Syn5.Missing);
    }

    private static void AssertPrinted(string expected, GlucoseMetrics metrics, string measure)
    {
        var value = (double)typeof(GlucoseMetrics).GetProperty(measure)!.GetValue(metrics)!;
        var decimals = expected.Contains('.', StringComparison.Ordinal)
            ? expected.Length - expected.IndexOf('.', StringComparison.Ordinal) - 1
            : 0;
        Assert.Equal(expected, value.ToString($"F{decimals}", CultureInfo.InvariantCulture));
    }

    /// <summary>Both series, measured.</summary>
    public sealed class Measured : IAsyncLifetime
    {
        internal GlucoseMetrics Syn5 { get; private set; } = null!;

        internal GlucoseMetrics Syn15 { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Syn5 = await MeasureAsync(SyntheticSeries.Syn5);
            Syn15 = await MeasureAsync(SyntheticSeries.Syn15);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static async Task<GlucoseMetrics> MeasureAsync(IEnumerable<(DateTimeOffset Time, int Glucose)> readings)
        {
            using var file = await MeasuredFile.OfAsync(readings);
            return GlucoseMeasures.Measure(
                file.Database, new RecordFilter(), GlucoseRanges.Standard, TestContext.Current.CancellationToken);
        }
    }
}
