namespace TandemFetch.Engine.Tests.Tables;

/// <summary>Cartridges, tubings and cannulas.</summary>
public sealed class SiteChangesTests() : TableTest("site_changes")
{
    [Fact]
    public async Task Each_part_has_its_units_and_how_it_ended()
    {
        Given(20, "10:00:00", 33, """{"insulinVolume":195,"v2Volume":0}""");
        Given(21, "10:02:00", 63, """{"primeSize":14.5,"completionStatus":3,"position":7}""");
        Given(22, "10:04:00", 61, """{"primeSize":0.3,"completionStatus":0}""");

        await ExpectAsync(
            "log_position=20 timestamp=14:00:00 pump_time=10:00:00 part=Cartridge units=195.000",
            "log_position=21 timestamp=14:02:00 pump_time=10:02:00 part=Tubing units=14.500 status=Completed",
            "log_position=22 timestamp=14:04:00 pump_time=10:04:00 part=Cannula units=0.300 status=User Aborted");
    }
}
