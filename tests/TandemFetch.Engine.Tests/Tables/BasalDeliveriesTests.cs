namespace TandemFetch.Engine.Tests.Tables;

/// <summary>Basal deliveries.</summary>
public sealed class BasalDeliveriesTests() : TableTest("basal_deliveries")
{
    [Fact]
    public async Task A_delivery_lasts_until_the_next_one_or_until_the_log_stops()
    {
        Given(90, "10:00:00", 279, Delivery(source: 3, rate: 1100, profile: 800, algorithm: 1100, temp: 65535));
        Given(91, "10:05:00", 279, Delivery(source: 2, rate: 400, profile: 800, algorithm: 65535, temp: 450));
        Given(92, "10:12:00", 90, "{}");
        Given(93, "11:00:00", 279, Delivery(source: 0, rate: 0, profile: 750, algorithm: 65535, temp: 65535));

        await ExpectAsync(
            "log_position=90 timestamp=14:00:00 pump_time=10:00:00 rate=1.100 rate_source=Algorithm profile_rate=0.800 "
                + "algorithm_rate=1.100 ended=14:05:00 duration_seconds=300 ended_position=91",
            "log_position=91 timestamp=14:05:00 pump_time=10:05:00 rate=0.400 rate_source=Temp Rate profile_rate=0.800 "
                + "temp_rate=0.450 ended=14:12:00 duration_seconds=420 ended_position=92",
            "log_position=93 timestamp=15:00:00 pump_time=11:00:00 rate=0.000 rate_source=Suspended "
                + "profile_rate=0.750");
    }

    private static string Delivery(int source, int rate, int profile, int algorithm, int temp) =>
        $$"""
        {"commandedRateSource":{{source}},"commandedRate":{{rate}},"profileBasalRate":{{profile}},
        "algorithmRate":{{algorithm}},"tempRate":{{temp}}}
        """;
}
