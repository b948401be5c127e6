using System.Globalization;

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

    [Fact]
    public async Task A_dose_is_what_its_end_says_with_the_profile_of_its_start()
    {
        Given(90, "10:00:00", 279, Delivery(source: 1, rate: 800, profile: 800, algorithm: 65535, temp: 65535));
        Given(91, "10:05:00", 558, Start(id: 65535, source: 3, requested: 0.15, rate: 1800, profile: 850));
        Given(92, "10:05:12", 559, End(id: 65535, source: 3, delivered: 0.14999999, rate: 1800));
        Given(93, "10:10:00", 558, Start(id: 0, source: 4, requested: 0.1, rate: 1200, profile: 850));
        Given(94, "10:10:05", 559, End(id: 0, source: 4, delivered: 0.04, rate: 1200));
        Given(95, "10:15:00", 558, Start(id: 1, source: 1, requested: 0.07, rate: 840, profile: 840));
        Given(96, "10:20:03", 559, End(id: 2, source: 0, delivered: 0, rate: 0));
        Given(97, "10:25:00", 558, Start(id: 3, source: 3, requested: 0.2, rate: 2400, profile: 840));

        await ExpectAsync(
            "log_position=90 timestamp=14:00:00 pump_time=10:00:00 rate=0.800 rate_source=Profile profile_rate=0.800 "
                + "ended=14:05:12 duration_seconds=312 ended_position=92",
            "log_position=92 timestamp=14:05:12 pump_time=10:05:12 rate=1.800 rate_source=Algorithm profile_rate=0.850 "
                + "ended=14:10:05 duration_seconds=293 ended_position=94 delivered=0.150",
            "log_position=94 timestamp=14:10:05 pump_time=10:10:05 rate=1.200 "
                + "rate_source=Algorithm and Temp Control Rate profile_rate=0.850 ended=14:20:03 duration_seconds=598 "
                + "ended_position=96 delivered=0.040",
            "log_position=96 timestamp=14:20:03 pump_time=10:20:03 rate=0.000 rate_source=Suspended delivered=0.000");
    }

    private static string Start(int id, int source, double requested, int rate, int profile) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"doseId":{{id}},"doseSource":{{source}},"tempAdjustmentPercent":100,"syncDoseSizeRequested":{{requested}},
        "currentBasalRate":{{rate}},"profileBasalRate":{{profile}},"activeInsulin":1.25}
        """);

    private static string End(int id, int source, double delivered, int rate) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"doseId":{{id}},"doseSource":{{source}},"tempAdjustmentPercent":100,"syncDoseSizeDelivered":{{delivered}},
        "currentBasalRate":{{rate}},"activeInsulin":1.5}
        """);

    private static string Delivery(int source, int rate, int profile, int algorithm, int temp) =>
        $$"""
        {"commandedRateSource":{{source}},"commandedRate":{{rate}},"profileBasalRate":{{profile}},
        "algorithmRate":{{algorithm}},"tempRate":{{temp}}}
        """;
}
