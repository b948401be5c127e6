namespace TandemFetch.Engine.Tests.Tables;

/// <summary>Suspensions of all insulin.</summary>
public sealed class SuspensionsTests() : TableTest("suspensions")
{
    [Fact]
    public async Task A_suspension_lasts_until_insulin_is_resumed()
    {
        Given(30, "10:00:00", 11, """{"preSuspendState":1,"insulinAmount":120,"suspendReason":6,"rpaTimeout":15}""");
        Given(35, "10:20:30", 12, """{"preResumeState":1,"insulinAmount":119}""");
        Given(40, "11:00:00", 11, """{"preSuspendState":1,"insulinAmount":118,"suspendReason":0,"rpaTimeout":15}""");

        await ExpectAsync(
            "log_position=30 ended_position=35 timestamp=14:00:00 pump_time=10:00:00 reason=Auto Suspend by PLGS "
                + "insulin_remaining=120 ended=14:20:30 duration_seconds=1230",
            "log_position=40 timestamp=15:00:00 pump_time=11:00:00 reason=User Aborted insulin_remaining=118");
    }

    [Fact]
    public async Task What_suspends_again_before_insulin_is_resumed_starts_no_other_suspension()
    {
        Given(30, "08:00:00", 12, """{"preResumeState":1,"insulinAmount":90}""");
        Given(31, "09:00:00", 11, """{"preSuspendState":1,"insulinAmount":80,"suspendReason":0,"rpaTimeout":15}""");
        Given(32, "09:04:00", 11, """{"preSuspendState":1,"insulinAmount":80,"suspendReason":1,"rpaTimeout":15}""");
        Given(33, "09:09:00", 11, """{"preSuspendState":1,"insulinAmount":80,"suspendReason":6,"rpaTimeout":15}""");
        Given(34, "09:45:00", 12, """{"preResumeState":1,"insulinAmount":80}""");
        Given(35, "09:46:00", 12, """{"preResumeState":1,"insulinAmount":80}""");
        Given(36, "10:00:00", 11, """{"preSuspendState":1,"insulinAmount":79,"suspendReason":1,"rpaTimeout":15}""");
        Given(37, "10:30:00", 11, """{"preSuspendState":1,"insulinAmount":79,"suspendReason":0,"rpaTimeout":15}""");

        await ExpectAsync(
            "log_position=31 ended_position=34 timestamp=13:00:00 pump_time=09:00:00 reason=User Aborted "
                + "insulin_remaining=80 ended=13:45:00 duration_seconds=2700",
            "log_position=36 timestamp=14:00:00 pump_time=10:00:00 reason=Terminated by Alarm insulin_remaining=79");
    }
}
