namespace TandemFetch.Engine.Tests.Tables;

/// <summary>Charge of the battery.</summary>
public sealed class BatteryLevelsTests() : TableTest("battery_levels")
{
    [Fact]
    public async Task An_entry_that_carries_a_percentage_is_a_level()
    {
        Given(120, "10:00:00", 9, """{"abc":80,"iobHours":1,"iobMinutes":30}""");
        Given(121, "10:05:00", 34, """{"abc":79}""");
        Given(122, "10:10:00", 35, """{"abc":78}""");
        Given(123, "10:15:00", 81, """
            {"dailyTotalBasal":12.5,"batteryChargePercent":77,"batteryLipoMilliVolts":3901}
            """);
        Given(124, "10:20:00", 81, """{"dailyTotalBasal":12.6,"lastBasalRate":0.8,"iob":1.5}""");
        Given(125, "10:25:00", 9, """{"iobHours":1,"iobMinutes":5}""");

        await ExpectAsync(
            "log_position=120 timestamp=14:00:00 pump_time=10:00:00 charge_percent=80",
            "log_position=121 timestamp=14:05:00 pump_time=10:05:00 charge_percent=79",
            "log_position=122 timestamp=14:10:00 pump_time=10:10:00 charge_percent=78",
            "log_position=123 timestamp=14:15:00 pump_time=10:15:00 charge_percent=77 millivolts=3901");
    }
}
