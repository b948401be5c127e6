using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Engine.Tests.Sandbox;

/// <summary>Dates set wrong and empty batteries in synthetic logs.</summary>
public sealed class WrongClockTests
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    private static readonly DateTimeOffset End = new(2026, 6, 1, 3, 50, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2, 60)]
    [InlineData(-30, 8 * 24 * 60)]
    [InlineData(-365, 3)]
    [InlineData(365, 600)]
    public void A_slip_shows_a_wrong_date_for_its_time_and_nothing_before_or_after(int days, int minutes)
    {
        var slip = new DateSlip(End.AddDays(-15), days, TimeSpan.FromMinutes(minutes));
        var entries = SyntheticEntry.All(Make(1, 30, ClockHabits.Tidy with { DateSlipsAt = [slip] }));

        foreach (var entry in entries.Where(e => e.Code is not (13 or 14)))
        {
            var off = (entry.Pump - TimeZoneInfo.ConvertTime(entry.Utc, NewYork).DateTime).TotalDays;
            var isWrong = entry.Utc > slip.At && entry.Utc < slip.At + slip.Lasts;
            Assert.InRange(off - (isWrong ? days : 0), -0.01, 0.01);
        }

        var settings = entries.Where(e => e.Code == 14).Select(e => e.Number("dateAfter") - e.Number("datePrior"));
        Assert.Equal([days, -days], settings);
    }

    [Theory]
    [InlineData(2008)]
    [InlineData(2020)]
    public void An_empty_battery_begins_the_clock_again_without_an_entry_until_it_is_set(int year)
    {
        var battery = new EmptyBattery(
            End.AddDays(-15), TimeSpan.FromHours(3), new DateOnly(year, 1, 1), TimeSpan.FromMinutes(40));
        var entries = SyntheticEntry.All(Make(1, 30, ClockHabits.Tidy with { EmptyBatteriesAt = [battery] }));

        var restart = battery.At + battery.Off;
        Assert.DoesNotContain(entries, e => e.Utc > battery.At && e.Utc < restart);
        var unset = entries.Where(e => e.Utc >= restart && e.Utc < restart + battery.Unset).ToList();
        Assert.Equal(99, unset[0].Code);
        Assert.True(unset.Count > 5);
        Assert.All(unset, e => Assert.Equal(battery.FirstDay, DateOnly.FromDateTime(e.Pump)));
        Assert.DoesNotContain(unset, e => e.Code is 13 or 14);
        var after = entries.Where(e => e.Utc >= restart + battery.Unset).ToList();
        Assert.Equal([14, 13], after.Take(2).Select(e => e.Code));
        Assert.All(after.Skip(1), e => Assert.InRange(
            (e.Pump - TimeZoneInfo.ConvertTime(e.Utc, NewYork).DateTime).TotalSeconds, -15, 15));
    }

    [Fact]
    public void Neither_is_common_and_neither_is_left_out()
    {
        var drawn = Enumerable.Range(1, 60).Select(seed => Make(seed, 100, new ClockHabits()).Clock).ToList();

        Assert.InRange(drawn.Count(clock => clock.DateSlips > 0), 6, 30);
        Assert.InRange(drawn.Count(clock => clock.EmptyBatteries > 0), 3, 24);
    }

    [Fact]
    public void A_short_log_and_a_tidy_clock_have_none()
    {
        var mishaps = ClockHabits.Tidy with { DateSlips = 5, EmptyBatteries = 5 };

        Assert.DoesNotContain(SyntheticEntry.All(Make(2, 14, mishaps)), e => e.Code == 14 && Changes(e));
        Assert.DoesNotContain(SyntheticEntry.All(Make(2, 100, ClockHabits.Tidy)), e => e.Code == 14 && Changes(e));

        static bool Changes(SyntheticEntry e) => e.Number("dateAfter") != e.Number("datePrior");
    }

    [Fact]
    public void Everything_is_put_right_three_days_before_the_end()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var clock = ClockHabits.Tidy with { DateSlips = 3, EmptyBatteries = 2 };
            var last = SyntheticEntry.All(Make(seed, 60, clock)).Where(e => e.Utc > End.AddDays(-2));
            Assert.All(last, e => Assert.InRange(
                (e.Pump - TimeZoneInfo.ConvertTime(e.Utc, NewYork).DateTime).TotalMinutes, -1, 1));
        }
    }

    [Fact]
    public void The_log_is_the_same_however_time_was_advanced()
    {
        var clock = new ClockHabits
        {
            DateSlips = 2,
            EmptyBatteries = 1,
            DateSlipsAt = [new DateSlip(End.AddHours(5), -31, TimeSpan.FromHours(20))],
        };
        var (atOnce, slowly) = (Make(3, 40, clock), Make(3, 40, clock));
        atOnce.AdvanceTo(End.AddDays(3));
        for (var hour = 1; hour <= 72; hour++)
        {
            slowly.AdvanceTo(End.AddHours(hour));
            Assert.True(slowly.EntryCount > 0);
        }

        Assert.Equal(
            SyntheticEntry.All(atOnce).Select(e => (e.Sequence, e.Code, e.Pump, e.Utc)),
            SyntheticEntry.All(slowly).Select(e => (e.Sequence, e.Code, e.Pump, e.Utc)));
    }

    private static SyntheticPump Make(int seed, int days, ClockHabits clock) =>
        new(new SyntheticPumpOptions
        {
            Seed = (ulong)seed,
            Start = End.AddDays(-days),
            End = End,
            TimeZone = NewYork,
            Clock = clock,
            Sensor = SensorKind.DexcomG7,
            Algorithm = ControlAlgorithm.ControlIQ,
        });
}
