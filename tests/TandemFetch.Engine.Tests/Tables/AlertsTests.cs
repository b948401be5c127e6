namespace TandemFetch.Engine.Tests.Tables;

/// <summary>Alerts, alarms, malfunctions and sensor alerts.</summary>
public sealed class AlertsTests() : TableTest("alerts")
{
    [Fact]
    public async Task An_activation_is_acknowledged_and_cleared_by_entries_of_the_same_alert()
    {
        Given(70, "10:00:00", 4, """{"alertId":2,"faultLocatorData":1,"param1":0,"param2":0}""");
        Given(71, "10:01:00", 369, """
            {"dalertId":14,"sensorType":3,"faultLocatorData":1,"param1":0,"param2":0}
            """);
        Given(72, "10:02:00", 371, """{"dalertId":14,"sensorType":3,"ackSource":1}""");
        Given(73, "10:05:00", 26, """{"alertId":2,"faultLocatorData":1}""");
        Given(74, "10:11:00", 370, """{"dalertId":14,"sensorType":3}""");
        Given(75, "10:12:00", 5, """{"alarmId":18,"faultLocatorData":1,"param1":0,"param2":0}""");

        await ExpectAsync(
            "log_position=70 cleared_position=73 timestamp=14:00:00 pump_time=10:00:00 kind=Alert "
                + "alert=LOW_POWER_ALERT reminder=false cleared=14:05:00 duration_seconds=300",
            "log_position=71 acknowledged_position=72 cleared_position=74 timestamp=14:01:00 pump_time=10:01:00 "
                + "kind=CgmAlert alert=CGM Out Of Range sensor=G7 reminder=false acknowledged=14:02:00 "
                + "acknowledged_by=Software cleared=14:11:00 duration_seconds=600",
            "log_position=75 timestamp=14:12:00 pump_time=10:12:00 kind=Alarm alert=RESUME_PUMP_ALARM reminder=true");
    }

    [Fact]
    public async Task A_malfunction_has_its_name_and_stays_open_whatever_alarm_is_cleared()
    {
        Given(70, "10:00:00", 6, """{"malfId":9,"faultLocatorData":8000,"param1":1,"param2":0}""");
        Given(71, "10:01:00", 28, """{"alarmId":9}""");
        Given(72, "10:02:00", 6, """{"malfId":250,"faultLocatorData":8001,"param1":1,"param2":0}""");

        await ExpectAsync(
            "log_position=70 timestamp=14:00:00 pump_time=10:00:00 kind=Malfunction alert=MOTOR_MALFUNCTION "
                + "reminder=false",
            "log_position=72 timestamp=14:02:00 pump_time=10:02:00 kind=Malfunction alert=250 reminder=false");
    }

    [Theory]
    [InlineData(369, 1, "G6")]
    [InlineData(369, 3, "G7")]
    [InlineData(460, 2, "Libre 2")]
    [InlineData(460, 4, "Libre 3")]
    public async Task A_sensor_alert_names_its_sensor(int code, int type, string sensor)
    {
        Given(70, "10:00:00", code, $$"""
            {"dalertId":14,"sensorType":{{type}},"faultLocatorData":1,"param1":0,"param2":0}
            """);

        await ExpectAsync(
            "log_position=70 timestamp=14:00:00 pump_time=10:00:00 kind=CgmAlert alert=CGM Out Of Range "
                + $"sensor={sensor} reminder=false");
    }
}
