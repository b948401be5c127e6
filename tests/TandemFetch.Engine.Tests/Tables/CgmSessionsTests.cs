namespace TandemFetch.Engine.Tests.Tables;

/// <summary>Sessions of the glucose sensor.</summary>
public sealed class CgmSessionsTests() : TableTest("cgm_sessions")
{
    [Fact]
    public async Task A_session_lasts_until_it_is_stopped_or_another_begins()
    {
        Given(60, "08:00:00", 212, """{"currentTransmitterTime":5000,"sessionStartTime":4990,"sessionDuration":10}""");
        Given(61, "08:30:00", 213, """
            {"currentTransmitterTime":6800,"sessionStartTime":4990,"sessionDuration":10,"sessionJoinReason":0}
            """);
        Given(62, "09:00:00", 214, """
            {"currentTransmitterTime":8600,"sessionStartTime":4990,"sessionStopTime":8590,"sessionDuration":10,
            "sessionStopReason":0}
            """);
        Given(63, "10:00:00", 394, """{"sessionSignature":77,"cgmTimestamp":9000,"sessionDuration":15}""");
        Given(64, "11:00:00", 212, """{"currentTransmitterTime":100,"sessionStartTime":90,"sessionDuration":10}""");

        await ExpectAsync(
            "log_position=60 timestamp=12:00:00 pump_time=08:00:00 sensor=G6 began_with=Start planned_days=10 "
                + "rejoined=1 ended=13:00:00 ended_by=Stop stop_reason=DEXBLES_REASON_USER duration_seconds=3600 "
                + "ended_position=62",
            "log_position=63 timestamp=14:00:00 pump_time=10:00:00 sensor=G7 began_with=Join planned_days=15 "
                + "rejoined=0 ended=15:00:00 ended_by=NextSession duration_seconds=3600 ended_position=64",
            "log_position=64 timestamp=15:00:00 pump_time=11:00:00 sensor=G6 began_with=Start planned_days=10 "
                + "rejoined=0");
    }

    [Fact]
    public async Task A_sensor_is_known_by_when_it_began_and_not_by_its_signature()
    {
        // Started at 07:00; the pump that joins it again is three minutes off; then one that started four minutes ago.
        Given(60, "08:00:00", 394, """{"sessionSignature":77,"cgmTimestamp":3600}""");
        Given(61, "10:00:00", 394, """{"sessionSignature":78,"cgmTimestamp":10980}""");
        Given(62, "10:30:00", 394, """{"sessionSignature":77,"cgmTimestamp":240}""");
        Given(63, "11:30:00", 394, """{"sessionSignature":77,"cgmTimestamp":3840}""");
        Given(64, "12:00:00", 394, """{"sessionSignature":77}""");

        await ExpectAsync(
            "log_position=60 timestamp=12:00:00 pump_time=08:00:00 sensor=G7 began_with=Join rejoined=1 "
                + "ended=14:30:00 ended_by=NextSession duration_seconds=9000 ended_position=62",
            "log_position=62 timestamp=14:30:00 pump_time=10:30:00 sensor=G7 began_with=Join rejoined=1 "
                + "ended=16:00:00 ended_by=NextSession duration_seconds=5400 ended_position=64",
            "log_position=64 timestamp=16:00:00 pump_time=12:00:00 sensor=G7 began_with=Join rejoined=0");
    }

    [Theory]
    [InlineData("\"sessionDuration\":0", "")]
    [InlineData("\"sessionDuration\":14", "planned_days=14 ")]
    [InlineData("\"sessionDuration\":0,\"sessionDurationSecs\":1296000", "planned_days=15 ")]
    [InlineData("\"sessionDuration\":0,\"sessionDurationSecs\":1252800", "")]
    [InlineData("\"sessionDuration\":0,\"sessionDurationSecs\":0", "")]
    public async Task The_planned_days_of_a_Libre_3_are_those_that_its_join_tells(string duration, string planned)
    {
        Given(60, "08:00:00", 477, $$"""
            {"sessionStartTime":1777550400,"sessionJoinTime":1777550407,"sessionJoinReason":0,{{duration}}}
            """);

        await ExpectAsync(
            "log_position=60 timestamp=12:00:00 pump_time=08:00:00 sensor=Libre 3 began_with=Join "
                + planned + "rejoined=0");
    }
}
