namespace TandemFetch.Engine.Tests.Tables;

/// <summary>Boluses.</summary>
public sealed class BolusesTests() : TableTest("boluses")
{
    [Fact]
    public async Task A_bolus_is_joined_from_its_request_its_start_its_progress_and_its_ends()
    {
        Given(100, "10:00:00", 64, """
            {"bolusId":7,"bolusType":1,"correctionBolusIncluded":1,"carbAmount":45,"bg":151,"iob":0.75,"carbRatio":9000}
            """);
        Given(101, "10:00:00", 65, """
            {"bolusId":7,"options":1,"standardPercent":60,"duration":90,"isf":42,"targetBg":110,"userOverride":1,
            "declinedCorrection":0,"selectedIob":0}
            """);
        Given(102, "10:00:00", 66, """
            {"bolusId":7,"foodBolusSize":5.0,"correctionBolusSize":0.625,"totalBolusSize":5.625}
            """);
        Given(103, "10:00:10", 280, Progress(status: 1, delivered: 0));
        Given(104, "10:00:11", 55, """{"bolusId":7,"selectedIob":0,"iob":0.7,"bolusSize":3.625}""");
        Given(105, "10:02:30", 20, """
            {"completionStatus":3,"bolusId":7,"iob":4.1,"insulinDelivered":3.6249998,"insulinRequested":3.625}
            """);
        Given(106, "10:02:31", 59, """{"bolusId":7,"selectedIob":0,"iob":4.1,"bolexSize":2.0}""");
        Given(107, "11:00:00", 21, """
            {"completionStatus":0,"bolusId":7,"iob":4.5,"insulinDelivered":1.25,"insulinRequested":2.0}
            """);

        await ExpectAsync(
            "log_position=100 last_position=107 timestamp=14:00:00 pump_time=10:00:00 bolus_id=7 kind=Extended "
                + "source=Pump Screen status=User Aborted started=14:00:10 ended=15:00:00 requested=5.625 "
                + "requested_food=5.000 requested_correction=0.625 requested_now=3.625 requested_later=2.000 "
                + "extended_minutes=90 delivered=4.875 delivered_now=3.625 delivered_later=1.250 carbs=45 bg=151 "
                + "iob=0.750 carb_ratio=9.000 correction_factor=42 target_bg=110 overridden=true "
                + "declined_correction=false started_position=103 ended_position=107");
    }

    [Fact]
    public async Task A_bolus_without_a_completion_has_what_its_progress_says()
    {
        Given(103, "10:00:10", 280, Progress(status: 1, delivered: 0));
        Given(108, "10:04:00", 280, Progress(status: 0, delivered: 5500));

        await ExpectAsync(
            "log_position=103 last_position=108 timestamp=14:00:10 pump_time=10:00:10 bolus_id=7 kind=Extended "
                + "source=Pump Screen started=14:00:10 ended=14:04:00 requested=5.625 requested_correction=0.500 "
                + "requested_now=3.625 requested_later=2.000 extended_minutes=80 delivered=5.500 "
                + "started_position=103 ended_position=108");
    }

    [Fact]
    public async Task A_bolus_that_the_pump_recommended_over_Bluetooth_says_so()
    {
        Given(100, "10:00:00", 65, """
            {"bolusId":7,"options":8,"standardPercent":100,"duration":0,"isf":42,"targetBg":110,"userOverride":0,
            "declinedCorrection":0,"selectedIob":1}
            """);
        Given(101, "10:00:10", 280, Progress(status: 1, delivered: 0, id: 8, source: 11));

        await ExpectAsync(
            "log_position=100 last_position=100 timestamp=14:00:00 pump_time=10:00:00 bolus_id=7 "
                + "kind=BLE with AID Recommendation Bolus source=BLE with AID Recommendation correction_factor=42 "
                + "target_bg=110 overridden=false declined_correction=false",
            "log_position=101 last_position=101 timestamp=14:00:10 pump_time=10:00:10 bolus_id=8 kind=Extended "
                + "source=BLE with AID Recommendation started=14:00:10 requested=5.625 requested_correction=0.500 "
                + "requested_now=3.625 requested_later=2.000 extended_minutes=80 started_position=101");
    }

    private static string Progress(int status, int delivered, int id = 7, int source = 1) =>
        $$"""
        {"bolusId":{{id}},"bolusDeliveryStatus":{{status}},"bolusType":[0,1],"bolusSource":{{source}},"remoteId":0,
        "requestedNow":3625,"requestedLater":2000,"correction":500,"extendedDurationRequested":80,
        "deliveredTotal":{{delivered}}}
        """;
}
