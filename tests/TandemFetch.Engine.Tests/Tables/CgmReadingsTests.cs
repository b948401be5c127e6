namespace TandemFetch.Engine.Tests.Tables;

/// <summary>Glucose readings.</summary>
public sealed class CgmReadingsTests() : TableTest("cgm_readings")
{
    private static readonly string[] OmittedLiveReadings =
    [
        "log_position=81 reason=Duplicate reading_position=80",
        "log_position=82 reason=Duplicate reading_position=80",
        "log_position=85 reason=Duplicate reading_position=80",
    ];

    [Fact]
    public async Task A_reading_is_of_when_it_was_measured_and_one_that_was_read_live_counts_once()
    {
        Given(80, "10:00:07", 399, Reading(Seconds(10, 0), value: 140, status: 0, type: "[0]", rate: -5));
        Given(81, "10:05:07", 399, Reading(Seconds(10, 5), value: 500, status: 1, type: "[0]", rate: 12));
        Given(82, "10:20:00", 399, Reading(Seconds(10, 0), value: 140, status: 0, type: "[1]", rate: -5));
        Given(83, "10:20:01", 399, Reading(Seconds(9, 40), value: 131, status: 0, type: "[1]", rate: 3));
        Given(84, "10:25:00", 256, Reading(Seconds(10, 24), value: 0, status: 2, type: "[0]", rate: 0));

        await ExpectAsync(
            "log_position=80 timestamp=14:00:00 pump_time=10:00:00 glucose=140 status=Normal rate_of_change=-0.5 "
                + "sensor=G7 backfilled=false",
            "log_position=81 timestamp=14:05:00 pump_time=10:05:00 glucose=401 status=High rate_of_change=1.2 "
                + "sensor=G7 backfilled=false",
            "log_position=83 timestamp=13:40:00 pump_time=09:40:00 glucose=131 status=Normal rate_of_change=0.3 "
                + "sensor=G7 backfilled=true",
            "log_position=84 timestamp=14:24:00 pump_time=10:24:00 glucose=39 status=Low rate_of_change=0.0 sensor=G6 "
                + "backfilled=false");
    }

    [Fact]
    public async Task A_live_reading_that_is_logged_again_counts_once()
    {
        Given(80, "10:00:07", 399, Reading(Seconds(10, 0), value: 140, status: 0, type: "[0]", rate: 4));
        Given(81, "10:00:09", 399, Reading(Seconds(10, 0), value: 140, status: 0, type: "[0]", rate: 4));
        Given(82, "10:00:12", 399, Reading(Seconds(10, 0), value: 140, status: 0, type: "[0]", rate: 4));
        Given(83, "10:01:07", 399, Reading(Seconds(10, 1), value: 140, status: 0, type: "[0]", rate: 4));
        Given(84, "10:01:09", 399, Reading(Seconds(10, 1), value: 141, status: 0, type: "[0]", rate: 4));
        Given(85, "10:05:00", 399, Reading(Seconds(10, 1, 30), value: 140, status: 0, type: "[1]", rate: 4));

        await ExpectAsync(
            "log_position=80 timestamp=14:00:00 pump_time=10:00:00 glucose=140 status=Normal rate_of_change=0.4 "
                + "sensor=G7 backfilled=false",
            "log_position=83 timestamp=14:01:00 pump_time=10:01:00 glucose=140 status=Normal rate_of_change=0.4 "
                + "sensor=G7 backfilled=false",
            "log_position=84 timestamp=14:01:00 pump_time=10:01:00 glucose=141 status=Normal rate_of_change=0.4 "
                + "sensor=G7 backfilled=false");
        await ExpectOfAsync("bookkeeping.cgm_omissions", "log_position", OmittedLiveReadings);
    }

    [Fact]
    public async Task A_reading_without_a_trend_has_no_rate_of_change()
    {
        (int Code, string Sensor)[] sensors = [(256, "G6"), (399, "G7"), (372, "Libre 2"), (480, "Libre 3")];
        var rows = new List<string>();
        foreach (var (code, sensor) in sensors)
        {
            foreach (var rate in new[] { 127, -128 })
            {
                var (position, minute) = (80 + rows.Count, 10 + (5 * rows.Count));
                Given(position, $"10:{minute}:07", code, Reading(Seconds(10, minute), value: 140, status: 0, type: "[0]", rate));
                rows.Add(
                    $"log_position={position} timestamp=14:{minute}:00 pump_time=10:{minute}:00 glucose=140 "
                    + $"status=Normal sensor={sensor} backfilled=false");
            }
        }

        await ExpectAsync([.. rows]);
    }

    private static string Reading(long measured, int value, int status, string type, int rate) =>
        $$"""
        {"glucoseValueStatus":{{status}},"cgmDataType":{{type}},"rate":{{rate}},"algorithmState":32,"rssi":-60,
        "currentGlucoseDisplayValue":{{value}},"egvTimeStamp":{{measured}},"egvInfoBitmask":[0],"interval":0}
        """;
}
