namespace TandemFetch.Engine.Tests.Tables;

/// <summary>Glucose values entered.</summary>
public sealed class BgReadingsTests() : TableTest("bg_readings")
{
    [Fact]
    public async Task A_reading_has_what_the_pump_reckoned_with()
    {
        Given(10, "10:00:00", 16, """
            {"bg":123,"cgmCalibration":1,"bgEntryType":0,"iob":1.25,"targetBg":110,"isf":40,"selectedIob":0,
            "bgSourceType":0}
            """);
        Given(11, "10:05:00", 16, """
            {"bg":0,"cgmCalibration":0,"bgEntryType":1,"iob":0,"targetBg":115,"isf":35,"selectedIob":0,
            "bgSourceType":1}
            """);

        await ExpectAsync(
            "log_position=10 timestamp=14:00:00 pump_time=10:00:00 glucose=123 from_cgm=false entered_remotely=false "
                + "calibration=true iob=1.250 correction_factor=40 target_bg=110",
            "log_position=11 timestamp=14:05:00 pump_time=10:05:00 from_cgm=true entered_remotely=true "
                + "calibration=false iob=0.000 correction_factor=35 target_bg=115");
    }
}
