namespace TandemFetch.Engine.Tests.Tables;

/// <summary>Sleep, exercise and eating soon.</summary>
public sealed class UserModesTests() : TableTest("user_modes")
{
    [Fact]
    public async Task A_mode_lasts_until_it_is_ended_or_another_begins()
    {
        Given(50, "10:00:00", 229, Mode(now: 2, before: 0, action: 3, timed: 1, minutes: 45));
        Given(51, "10:30:00", 229, Mode(now: 0, before: 2, action: 4, timed: 1, minutes: 0));
        Given(52, "22:00:00", 229, Mode(now: 1, before: 0, action: 0, timed: 0, minutes: 0));

        await ExpectAsync(
            "log_position=50 ended_position=51 timestamp=14:00:00 pump_time=10:00:00 mode=Exercising started_by=User "
                + "planned_minutes=45 ended=14:30:00 duration_seconds=1800",
            "log_position=52 timestamp=02:00:00 pump_time=22:00:00 mode=Sleeping started_by=Schedule");
    }

    private static string Mode(int now, int before, int action, int timed, int minutes) =>
        $$"""
        {"currentUserMode":{{now}},"previousUserMode":{{before}},"requestedAction":{{action}},"sleepStartedByGui":0,
        "activeSleepSchedule":[],"exerciseStoppedByTimer":0,"exerciseChoice":{{timed}},"exerciseTime":{{minutes}},
        "eatingSoonStoppedByTimer":0}
        """;
}
