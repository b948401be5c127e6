using TandemFetch.Engine.Analytics;
using TandemFetch.Engine.Analytics.Glucose;

namespace TandemFetch.Engine.Tests.Analytics;

/// <summary>Readings in order of time, however they are stored.</summary>
public sealed class TimeOrderTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 1000)]
    [InlineData(5, 1001)]
    public void Readings_are_in_order_of_time_and_none_is_lost(int seed, int count)
    {
        var random = new Random(seed);
        var readings = Enumerable.Range(0, count)
            .Select(place => new LoggedReading(random.Next(place, place + 40), place, 0, 100)).ToArray();
        random.Shuffle(readings.AsSpan(count / 2));
        var expected = readings.OrderBy(reading => reading.Moment).ToArray();

        TimeOrder.Sort<LoggedReading>(readings);

        Assert.Equal(expected, readings);
    }

    [Fact]
    public void Two_logs_one_after_the_other_are_merged()
    {
        var first = Enumerable.Range(0, 100).Select(place => new LoggedReading(2 * place, place, 0, 100));
        var second = Enumerable.Range(0, 100).Select(place => new LoggedReading((2 * place) + 1, place, 1, 120));
        LoggedReading[] readings = [.. first, .. second];

        TimeOrder.Sort<LoggedReading>(readings);

        Assert.Equal(
            Enumerable.Range(0, 200).Select(moment => (long)moment), readings.Select(reading => reading.Moment));
    }
}
