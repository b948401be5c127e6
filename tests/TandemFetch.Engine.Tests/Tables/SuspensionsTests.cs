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
}
