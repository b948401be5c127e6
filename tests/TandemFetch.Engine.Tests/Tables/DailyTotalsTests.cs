namespace TandemFetch.Engine.Tests.Tables;

/// <summary>Totals by day.</summary>
public sealed class DailyTotalsTests() : TableTest("daily_totals")
{
    [Fact]
    public async Task A_day_adds_up_what_was_delivered_and_read_on_it()
    {
        Given(110, "10:00:00", 279, """
            {"commandedRateSource":1,"commandedRate":1200,"profileBasalRate":1200,"algorithmRate":65535,
            "tempRate":65535}
            """);
        Given(111, "10:10:00", 279, """
            {"commandedRateSource":0,"commandedRate":0,"profileBasalRate":1200,"algorithmRate":65535,
            "tempRate":65535}
            """);
        Given(112, "10:12:00", 64, """
            {"bolusId":8,"bolusType":1,"correctionBolusIncluded":0,"carbAmount":30,"bg":0,"iob":0,"carbRatio":0}
            """);
        Given(113, "10:14:00", 20, """
            {"completionStatus":3,"bolusId":8,"iob":0,"insulinDelivered":2.5,"insulinRequested":2.5}
            """);
        Given(114, "10:15:00", 399, $$"""
            {"glucoseValueStatus":0,"cgmDataType":[0],"rate":1,"algorithmState":32,"rssi":-60,
            "currentGlucoseDisplayValue":120,"egvTimeStamp":{{Seconds(10, 15)}},"egvInfoBitmask":[0],"interval":0}
            """);

        await ExpectAsync(
            "day=2026-04-30 timestamp=04:00:00 basal_units=0.200 basal_seconds=900 bolus_units=2.500 boluses=1 "
                + "carbs=30 cgm_readings=1");
    }

    [Fact]
    public async Task A_dose_counts_once_however_long_it_is_until_the_next_one()
    {
        Given(110, "10:00:00", 558, """
            {"doseId":41,"doseSource":3,"tempAdjustmentPercent":100,"syncDoseSizeRequested":0.2,
            "currentBasalRate":2400,"profileBasalRate":900,"activeInsulin":1}
            """);
        Given(111, "10:00:10", 559, """
            {"doseId":41,"doseSource":3,"tempAdjustmentPercent":100,"syncDoseSizeDelivered":0.2,
            "currentBasalRate":2400,"activeInsulin":1}
            """);
        Given(112, "10:10:10", 559, """
            {"doseId":42,"doseSource":3,"tempAdjustmentPercent":100,"syncDoseSizeDelivered":0.07,
            "currentBasalRate":1200,"activeInsulin":1}
            """);
        Given(113, "10:20:10", 90, "{}");

        await ExpectAsync(
            "day=2026-04-30 timestamp=04:00:00 basal_units=0.270 basal_seconds=1200 bolus_units=0.000 boluses=0 "
                + "carbs=0 cgm_readings=0");
    }
}
