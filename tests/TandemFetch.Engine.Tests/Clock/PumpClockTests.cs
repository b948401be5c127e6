using CsCheck;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Clock;

public sealed class PumpClockTests
{
    private static readonly ZoneOffsets NewYork = ZoneRules.Find("America/New_York");

    private static readonly TimeSpan Summer = TimeSpan.FromHours(-4);

    private static readonly DateTimeOffset Start = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly DateTime Made = new(2008, 1, 1);

    [Fact]
    public void Without_settings_true_time_is_pump_time_minus_the_offset_of_the_zone()
    {
        var span = Assert.Single(Resolve([]).Spans);

        Assert.Equal(new DateTimeOffset(2025, 7, 1, 12, 0, 0, TimeSpan.Zero), span.Resolve(At("2025-07-01T08:00:00")));
    }

    [Fact]
    public void A_fall_back_counts_the_summer_before_it_back_by_an_hour()
    {
        var clock = Resolve([Setting(100, -3600)], "2025-12-01T12:00:00");

        Assert.Equal(TimeSpan.FromHours(-4), clock.SpanAt(99).ZoneOffset);
        Assert.Equal(TimeSpan.FromHours(-5), clock.SpanAt(100).ZoneOffset);
        Assert.Equal(SpanResolution.Change, clock.SpanAt(99).Resolution);
    }

    [Fact]
    public void The_same_wall_clock_hour_occurs_twice_and_the_place_in_the_log_tells_which()
    {
        var clock = Resolve([Setting(100, -3600)], "2025-12-01T12:00:00");

        var halfPastOne = At("2025-11-02T01:30:00");
        Assert.Equal(TimeSpan.FromHours(1), clock.SpanAt(101).Resolve(halfPastOne) - clock.SpanAt(99).Resolve(halfPastOne));
    }

    [Fact]
    public void What_is_left_of_a_change_is_drift_and_does_not_add_up()
    {
        // Corrected by 40 seconds twice: each span's clock was 40 seconds ahead, not 80.
        var clock = Resolve([Setting(100, -40), Setting(200, -40)]);

        Assert.Equal(TimeSpan.FromSeconds(40), clock.SpanAt(0).Drift);
        Assert.Equal(TimeSpan.FromSeconds(40), clock.SpanAt(100).Drift);
        Assert.Equal(TimeSpan.Zero, clock.SpanAt(200).Drift);
        Assert.All(clock.Spans, span => Assert.Equal(Summer, span.ZoneOffset));
    }

    [Theory]
    [InlineData(-3621, -180, 21)]
    [InlineData(3590, -300, 10)]
    [InlineData(-35_100, 345, 0)] // Nepal
    [InlineData(-50_430, 600, 30)]
    [InlineData(-18 * 3600, 840, 0)]
    [InlineData(-19 * 3600, 840, 3600)] // no zone is further ahead
    public void An_offset_is_shown_as_the_nearest_one_that_a_zone_could_have_and_drift(int seconds, int minutes, int drift)
    {
        var clock = Resolve([Setting(90, -60), Setting(100, seconds)]);

        var span = clock.SpanAt(90);
        Assert.Equal((TimeSpan.FromMinutes((double)minutes), TimeSpan.FromSeconds((double)drift)), (span.ZoneOffset, span.Drift));
    }

    [Fact]
    public void Between_the_date_and_the_time_a_clock_is_half_set()
    {
        // 23:30:21 becomes 00:30 of the next day, the time first.
        var clock = Resolve([Setting(100, (-23 * 3600) - 21), Setting(101, 86_400)]);

        Assert.Equal((TimeSpan.FromHours(-5), TimeSpan.FromSeconds(21)), (clock.SpanAt(99).ZoneOffset, clock.SpanAt(99).Drift));
        Assert.Equal(TimeSpan.FromHours(-28), clock.SpanAt(100).AheadOfUtc);
        Assert.Equal((Summer, TimeSpan.Zero), (clock.SpanAt(101).ZoneOffset, clock.SpanAt(101).Drift));
    }

    [Fact]
    public void A_setting_that_changes_nothing_begins_no_span() =>
        Assert.Equal(2, Resolve([Setting(364364, 0), Setting(364365, -3621)]).Spans.Count);

    [Fact]
    public void Before_a_first_setting_time_is_unknown()
    {
        var clock = Resolve([Setting(95, 2016 * 86_400)]);

        Assert.Null(clock.SpanAt(94).Resolve(At("2020-01-11T00:00:00")));
        Assert.Equal(SpanResolution.Unknown, clock.SpanAt(94).Resolution);
        Assert.NotNull(clock.SpanAt(95).Resolve(At("2025-07-20T04:38:28")));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-31)]
    [InlineData(365)]
    [InlineData(-36_524)]
    public void A_date_that_was_wrong_for_a_while_changes_nothing_before_and_nothing_within(int days)
    {
        var clock = new SimulatedClock(Start, Summer).Run(TimeSpan.FromDays(20))
            .Set(Summer + TimeSpan.FromDays((double)days)).Run(TimeSpan.FromHours(1))
            .Set(Summer).Run(TimeSpan.FromDays(3));

        AssertTrue(clock, clock.History());
        AssertTrue(clock, clock.History(uploads: false));
    }

    [Theory]
    [InlineData("2008-01-01")]
    [InlineData("2020-01-12")]
    public void An_empty_battery_leaves_nothing_unknown(string made)
    {
        var clock = new SimulatedClock(Start, Summer).Run(TimeSpan.FromDays(20))
            .Reset(DateTime.Parse(made, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(5)).Run(TimeSpan.FromHours(2))
            .Set(Summer).Run(TimeSpan.FromDays(3));

        var resolved = AssertTrue(clock, clock.History());
        Assert.Equal(
            [SpanResolution.AfterJump, SpanResolution.Change, SpanResolution.Change, SpanResolution.ZoneUpload],
            resolved.Spans.Select(span => span.Resolution));
    }

    [Fact]
    public void A_clock_that_is_set_before_it_logs_anything_after_an_empty_battery_has_jumped_all_the_same()
    {
        var history = new ClockHistory
        {
            Steps = [new ClockStep(100, At("2025-06-20T10:00:00"), At("2008-01-01T00:00:30"))],
            Settings = [Setting(100, 6380 * 86_400), Setting(101, 36_000)],
            Newest = At("2025-06-25T10:00:00"),
        };

        var clock = PumpClock.Resolve(history, NewYork);

        Assert.Equal([0L, 100, 101], clock.Spans.Select(span => span.FirstPosition));
        Assert.Equal(Summer, clock.SpanAt(0).AheadOfUtc);
        Assert.Equal(SpanResolution.AfterJump, clock.SpanAt(0).Resolution);
    }

    [Fact]
    public void Before_an_empty_battery_an_earlier_upload_tells_the_offset()
    {
        // Paris before, New York after.
        var paris = TimeSpan.FromHours(2);
        var clock = new SimulatedClock(Start, TimeSpan.FromHours(1)).Run(TimeSpan.FromDays(9)).Set(paris).Run(TimeSpan.FromDays(9)).Upload().Run(TimeSpan.FromHours(3))
            .Reset(Made, TimeSpan.FromHours(5)).Run(TimeSpan.FromHours(2)).Set(Summer).Run(TimeSpan.FromDays(3));

        var resolved = AssertTrue(clock, clock.History());

        Assert.Equal(SpanResolution.Change, resolved.Spans[0].Resolution);
        Assert.Contains(resolved.Spans, span => span.Resolution == SpanResolution.EarlierUpload && span.ZoneOffset == paris);
    }

    [Fact]
    public void Batteries_may_be_empty_several_times()
    {
        var clock = new SimulatedClock(Start, Summer).Run(TimeSpan.FromDays(20));
        for (var time = 0; time < 3; time++)
        {
            clock.Reset(Made, TimeSpan.FromHours(5)).Run(TimeSpan.FromHours(2)).Reset(Made, TimeSpan.FromHours(1)).Run(TimeSpan.FromHours(1))
                .Set(Summer).Run(TimeSpan.FromDays(5));
        }

        var resolved = PumpClock.Resolve(clock.History(), NewYork);

        // Between two resets only the log position shows the time: within the hours that the pump was off.
        Assert.All(clock.Entries.Where(entry => entry.Clock.ToDateTime().Year > 2008), entry =>
            Assert.Equal(entry.Utc, resolved.SpanAt(entry.Position).Resolve(entry.Clock)));
        Assert.All(resolved.Spans, span => Assert.NotNull(span.AheadOfUtc));
    }

    [Theory]
    [InlineData(1500)]
    [InlineData(-2200)]
    public void A_battery_that_is_empty_while_the_date_is_wrong_spoils_nothing_before(int days)
    {
        var clock = new SimulatedClock(Start, Summer).Run(TimeSpan.FromDays(20))
            .Set(Summer + TimeSpan.FromDays((double)days)).Run(TimeSpan.FromHours(1))
            .Reset(Made, TimeSpan.FromHours(5)).Run(TimeSpan.FromHours(2))
            .Set(Summer).Run(TimeSpan.FromDays(3));

        AssertTrue(clock, clock.History());
    }

    [Fact]
    public void A_clock_that_comes_back_by_itself_is_taken_to_go_on_where_it_stopped()
    {
        var clock = new SimulatedClock(Start, Summer).Run(TimeSpan.FromDays(20))
            .Reset(Made, TimeSpan.FromMinutes(4)).Run(TimeSpan.FromMinutes(9)).Recover(Summer).Run(TimeSpan.FromDays(3));

        var resolved = AssertTrue(clock, clock.History(), TimeSpan.FromDays(2));

        Assert.Equal(SpanResolution.AtJump, resolved.Spans[1].Resolution);
        Assert.All(
            clock.Entries.Where(entry => entry.Clock.ToDateTime().Year > 2008),
            entry => Assert.Equal(entry.Utc, resolved.SpanAt(entry.Position).Resolve(entry.Clock)));
    }

    [Fact]
    public void A_clock_that_was_not_set_again_yet_is_known_by_the_upload()
    {
        var clock = new SimulatedClock(Start, Summer).Run(TimeSpan.FromDays(20)).Upload()
            .Reset(Made, TimeSpan.FromHours(5)).Run(TimeSpan.FromHours(2));

        var resolved = AssertTrue(clock, clock.History(), TimeSpan.FromMinutes(3));

        Assert.Equal([SpanResolution.EarlierUpload, SpanResolution.Upload], resolved.Spans.Select(span => span.Resolution));
        var without = PumpClock.Resolve(clock.History(uploads: false), NewYork);
        Assert.Equal([SpanResolution.EarlierUpload, SpanResolution.Unknown], without.Spans.Select(span => span.Resolution));
    }

    [Fact]
    public void A_pump_that_was_off_for_days_has_not_jumped()
    {
        var clock = new SimulatedClock(Start, Summer).Run(TimeSpan.FromDays(1)).Run(TimeSpan.FromDays(60)).Run(TimeSpan.FromDays(1));

        Assert.NotEmpty(clock.History().Steps);
        Assert.Single(AssertTrue(clock, clock.History()).Spans);
    }

    [Fact]
    public void Spans_cover_the_log_without_gap_or_overlap() => Settings.Sample(settings =>
    {
        var spans = Resolve(settings).Spans;
        Assert.Equal(0, spans[0].FirstPosition);
        Assert.Equal(long.MaxValue, spans[^1].LastPosition);
        Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.Equal(pair.First.LastPosition + 1, pair.Second.FirstPosition));
    });

    /// <summary>The law: what the clock of a span shows at a moment is resolved to that moment.</summary>
    [Fact]
    public void Resolving_what_the_clock_displays_gives_back_the_moment() =>
        Gen.Select(Settings, Gen.Long[0, 1000], Gen.Long[0, 4_000_000_000_000_000]).Sample((settings, position, microseconds) =>
        {
            var span = Resolve(settings).SpanAt(position);
            var moment = DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);
            if (span.AheadOfUtc is { } ahead)
            {
                Assert.Equal(moment, span.Resolve(PumpTime.From(moment.UtcDateTime + ahead)));
            }
        });

    /// <summary>
    /// Whatever happens to a clock (settings of minutes, days and years, wrong dates and their corrections, and empty
    /// batteries after an upload), every entry is resolved to its true time, except for the seconds by which the clock
    /// was set wrong at that upload.
    /// </summary>
    [Fact]
    public void Every_entry_of_any_history_is_resolved_to_its_moment() => Gen.Select(Gen.Int[0, 5], Gen.Int[-80, 80], Gen.Int[1, 400], Gen.Int[-900, 900])
        .Array[1, 25]
        .Sample(
            events =>
            {
                var clock = new SimulatedClock(Start, Summer).Run(TimeSpan.FromDays(3));
                foreach (var (kind, seconds, hours, days) in events)
                {
                    var right = Summer + TimeSpan.FromSeconds((double)seconds);
                    _ = kind switch
                    {
                        0 => clock.Set(right),
                        1 => clock.Set(right + TimeSpan.FromDays((double)days)).Run(TimeSpan.FromMinutes((double)hours)).Set(right),
                        2 => clock.Set(right + TimeSpan.FromHours(days % 14)).Run(TimeSpan.FromHours((double)hours)).Set(right),
                        3 => clock.Set(right).Run(TimeSpan.FromHours((double)hours)).Upload()
                            .Reset(Made, TimeSpan.FromHours((double)hours)).Run(TimeSpan.FromMinutes((double)hours)).Set(right),
                        4 => clock.Set(right).Run(TimeSpan.FromHours((double)hours)).Upload()
                            .Set(right + TimeSpan.FromDays((double)days)).Run(TimeSpan.FromMinutes((double)hours))
                            .Reset(Made, TimeSpan.FromHours(1)).Run(TimeSpan.FromMinutes((double)hours)).Set(right),
                        _ => clock,
                    };
                    clock.Run(TimeSpan.FromHours((double)hours));
                }

                clock.Set(Summer).Run(TimeSpan.FromHours(30));
                AssertTrue(clock, clock.History(), TimeSpan.FromSeconds(160));
            },
            iter: LongRun.IsAsked ? 20_000 : 500);

    private static Gen<ClockSetting[]> Settings { get; } =
        Gen.Select(Gen.Int[1, 12], Gen.OneOf(Gen.Int[-93_600, 93_600], Gen.Const(-174_182_400)))
            .Array[0, 20]
            .Select(steps =>
            {
                var position = 0L;
                return steps.Select(step => Setting(position += step.Item1, step.Item2)).ToArray();
            });

    /// <summary>Every entry is on its true time, within a margin.</summary>
    private static PumpClock AssertTrue(SimulatedClock clock, ClockHistory history, TimeSpan margin = default)
    {
        var resolved = PumpClock.Resolve(history, NewYork);
        Assert.All(clock.Entries, entry =>
        {
            var time = resolved.SpanAt(entry.Position).Resolve(entry.Clock);
            Assert.NotNull(time);
            Assert.InRange((time.Value - entry.Utc).Duration(), TimeSpan.Zero, margin);
        });
        return resolved;
    }

    private static PumpClock Resolve(IReadOnlyList<ClockSetting> settings, string newest = "2025-07-01T00:00:00") =>
        PumpClock.Resolve(new ClockHistory { Settings = settings, Newest = At(newest) }, NewYork);

    private static ClockSetting Setting(long position, int seconds) =>
        new(position, At("2025-07-01T00:00:00"), TimeSpan.FromSeconds((double)seconds));

    private static PumpTime At(string clock) => PumpTime.From(DateTime.Parse(clock, System.Globalization.CultureInfo.InvariantCulture));
}
