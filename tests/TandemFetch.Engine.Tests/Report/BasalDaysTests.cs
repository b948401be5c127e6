using TandemFetch.Engine.Analytics.Insulin;
using TandemFetch.Engine.Report;

namespace TandemFetch.Engine.Tests.Report;

/// <summary>The deliveries of basal insulin that each daily page draws.</summary>
public sealed class BasalDaysTests
{
    [Fact]
    public void A_delivery_is_on_every_day_that_it_reaches()
    {
        var days = new BasalDays([Delivery(1, 5, 8), Delivery(2, 8, 35), Delivery(3, 35, 40)], since: 0);

        Assert.Equal([[1, 2], [2], [2], [2, 3], []], Ids(days, 10, 10, 10, 10, 10));
    }

    [Fact]
    public void A_delivery_whose_end_is_not_known_is_only_on_the_day_on_which_it_begins()
    {
        var days = new BasalDays([Delivery(1, 12, BasalStretch.Lasting), Delivery(2, 14, 16)], since: 0);

        Assert.Equal([[], [1, 2], []], Ids(days, 10, 10, 10));
    }

    [Fact]
    public void What_began_before_the_deliveries_that_count_is_on_no_day()
    {
        var days = new BasalDays([Delivery(1, 2, 25), Delivery(2, 7, 25)], since: 5);

        Assert.Equal([[2], [2], [2]], Ids(days, 10, 10, 10));
    }

    private static BasalStretch Delivery(long id, long began, long ended) =>
        new(id, began, ended, Rate: 800, IsCommanded: true, IsAutomated: false);

    private static IEnumerable<IEnumerable<long>> Ids(BasalDays days, params int[] lengths)
    {
        var from = 0L;
        return
        [
            .. lengths.Select(length =>
            {
                var day = days.Next(from, from + length).Select(delivery => delivery.Id).ToList();
                from += length;
                return day;
            }),
        ];
    }
}
