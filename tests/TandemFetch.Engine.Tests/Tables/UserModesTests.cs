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

    [Fact]
    public async Task Sleep_is_the_users_only_where_it_was_started_on_the_screen()
    {
        // A schedule requests the start and the end of sleep in the same way as a user.
        Given(50, "01:00:00", 229, Mode(now: 1, before: 0, action: 1, timed: 0, minutes: 0));
        Given(51, "06:30:00", 229, Mode(now: 0, before: 1, action: 2, timed: 0, minutes: 0));
        Given(52, "21:00:00", 229, Mode(now: 1, before: 0, action: 1, timed: 0, minutes: 0, byGui: 1));
        Given(53, "22:00:00", 229, Mode(now: 0, before: 1, action: 2, timed: 0, minutes: 0, byGui: 1));
        Given(54, "22:30:00", 229, Mode(now: 1, before: 0, action: 0, timed: 0, minutes: 0, byGui: 1));

        await ExpectAsync(
            "log_position=50 ended_position=51 timestamp=05:00:00 pump_time=01:00:00 mode=Sleeping "
                + "started_by=Schedule ended=10:30:00 duration_seconds=19800",
            "log_position=52 ended_position=53 timestamp=01:00:00 pump_time=21:00:00 mode=Sleeping started_by=User "
                + "ended=02:00:00 duration_seconds=3600",
            "log_position=54 timestamp=02:30:00 pump_time=22:30:00 mode=Sleeping started_by=User");
    }

    private static string Mode(int now, int before, int action, int timed, int minutes, int byGui = 0) =>
        $$"""
        {"currentUserMode":{{now}},"previousUserMode":{{before}},"requestedAction":{{action}},
        "sleepStartedByGui":{{byGui}},"activeSleepSchedule":[],"exerciseStoppedByTimer":0,
        "exerciseChoice":{{timed}},"exerciseTime":{{minutes}},"eatingSoonStoppedByTimer":0}
        """;
}
