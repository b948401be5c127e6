using CsCheck;
using TandemFetch.Engine.Clock;

namespace TandemFetch.Engine.Tests.Clock;

public sealed class PumpClockTests
{
    private static readonly ClockAnchor Summer = new(TimeSpan.FromHours(-4), SpanResolution.Zone);

    [Fact]
    public void Without_settings_true_time_is_pump_time_minus_the_offset_of_the_zone()
    {
        var clock = PumpClock.Resolve([], Summer);

        var span = Assert.Single(clock.Spans);
        Assert.Equal(new DateTimeOffset(2025, 7, 1, 12, 0, 0, TimeSpan.Zero), span.Resolve(At("2025-07-01T08:00:00")));
    }

    [Fact]
    public void A_fall_back_counts_the_summer_before_it_back_by_an_hour()
    {
        var clock = PumpClock.Resolve([Setting(100, -3600)], new ClockAnchor(TimeSpan.FromHours(-5), SpanResolution.Zone));

        Assert.Equal(TimeSpan.FromHours(-4), clock.SpanAt(99).ZoneOffset);
        Assert.Equal(TimeSpan.FromHours(-5), clock.SpanAt(100).ZoneOffset);
        Assert.Equal(SpanResolution.Change, clock.SpanAt(99).Resolution);
    }

    [Fact]
    public void The_same_wall_clock_hour_occurs_twice_and_the_place_in_the_log_tells_which()
    {
        var clock = PumpClock.Resolve([Setting(100, -3600)], new ClockAnchor(TimeSpan.FromHours(-5), SpanResolution.Zone));

        var halfPastOne = At("2025-11-02T01:30:00");
        Assert.Equal(TimeSpan.FromHours(1), clock.SpanAt(101).Resolve(halfPastOne) - clock.SpanAt(99).Resolve(halfPastOne));
    }

    [Fact]
    public void What_is_left_of_a_change_is_drift_and_does_not_add_up()
    {
        // Set right by 40 seconds twice: each span's clock was 40 seconds ahead, not 80.
        var clock = PumpClock.Resolve([Setting(100, -40), Setting(200, -40)], Summer);

        Assert.Equal(TimeSpan.FromSeconds(40), clock.SpanAt(0).Drift);
        Assert.Equal(TimeSpan.FromSeconds(40), clock.SpanAt(100).Drift);
        Assert.Equal(TimeSpan.Zero, clock.SpanAt(200).Drift);
        Assert.All(clock.Spans, span => Assert.Equal(TimeSpan.FromHours(-4), span.ZoneOffset));
    }

    [Theory]
    [InlineData(-3621, -60, 21)]
    [InlineData(3590, 60, 10)]
    [InlineData(19_800, 330, 0)]
    [InlineData(25 * 3600, 1500, 0)]
    [InlineData(-50_430, -840, 30)]
    public void A_change_is_rounded_to_half_hours(int seconds, int minutes, int driftBefore)
    {
        var clock = PumpClock.Resolve([Setting(100, seconds)], Summer);

        Assert.Equal(TimeSpan.FromMinutes(-240 - minutes), clock.SpanAt(0).ZoneOffset);
        Assert.Equal(TimeSpan.FromSeconds(driftBefore), clock.SpanAt(0).Drift);
    }

    [Fact]
    public void Date_and_time_side_by_side_are_one_visit()
    {
        // 23:30 becomes 00:30 of the next day: the date forward by a day, the time back by 23 hours.
        var clock = PumpClock.Resolve([Setting(100, 86_400), Setting(101, -23 * 3600)], Summer);

        Assert.Equal(TimeSpan.FromHours(-5), clock.SpanAt(99).ZoneOffset);
        Assert.Equal(TimeSpan.FromHours(19), clock.SpanAt(100).ZoneOffset);
        Assert.Equal(TimeSpan.FromHours(-4), clock.SpanAt(101).ZoneOffset);
    }

    [Fact]
    public void A_clock_that_is_half_set_is_ahead_by_half_hours_and_drift()
    {
        // 23:30:21 becomes 00:30 of the next day, the time first.
        var clock = PumpClock.Resolve([Setting(100, (-23 * 3600) - 21), Setting(101, 86_400)], Summer);

        Assert.Equal((TimeSpan.FromHours(-5), TimeSpan.FromSeconds(21)), (clock.SpanAt(99).ZoneOffset, clock.SpanAt(99).Drift));
        Assert.Equal((TimeSpan.FromHours(-28), TimeSpan.Zero), (clock.SpanAt(100).ZoneOffset, clock.SpanAt(100).Drift));
        Assert.Equal((TimeSpan.FromHours(-4), TimeSpan.Zero), (clock.SpanAt(101).ZoneOffset, clock.SpanAt(101).Drift));
    }

    [Fact]
    public void A_setting_that_changes_nothing_begins_no_span() =>
        Assert.Equal(2, PumpClock.Resolve([Setting(364364, 0), Setting(364365, -3621)], Summer).Spans.Count);

    [Fact]
    public void Before_a_first_setting_time_is_unknown()
    {
        var clock = PumpClock.Resolve([Setting(95, 2016 * 86_400)], Summer);

        Assert.Null(clock.SpanAt(94).Resolve(At("2020-01-11T00:00:00")));
        Assert.Equal(SpanResolution.Unknown, clock.SpanAt(94).Resolution);
        Assert.NotNull(clock.SpanAt(95).Resolve(At("2025-07-20T04:38:28")));
    }

    [Fact]
    public void Before_a_reset_time_is_unknown_however_many_settings_there_were()
    {
        var clock = PumpClock.Resolve([Setting(10, 3600), Setting(50, -2016 * 86_400), Setting(60, 2016 * 86_400), Setting(70, 30)], Summer);

        Assert.All(clock.Spans.Where(span => span.FirstPosition < 60), span => Assert.Null(span.AheadOfUtc));
        Assert.Equal(TimeSpan.FromSeconds(-30), clock.SpanAt(60).Drift);
    }

    [Fact]
    public void Twenty_six_hours_are_still_a_setting() =>
        Assert.NotNull(PumpClock.Resolve([Setting(10, 26 * 3600)], Summer).SpanAt(0).AheadOfUtc);

    [Fact]
    public void Spans_cover_the_log_without_gap_or_overlap() => Settings.Sample(settings =>
    {
        var spans = PumpClock.Resolve(settings, Summer).Spans;
        Assert.Equal(0, spans[0].FirstPosition);
        Assert.Equal(long.MaxValue, spans[^1].LastPosition);
        Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.Equal(pair.First.LastPosition + 1, pair.Second.FirstPosition));
    });

    /// <summary>The law: what the clock of a span shows at a moment is resolved to that moment.</summary>
    [Fact]
    public void Resolving_what_the_clock_displays_gives_back_the_moment() =>
        Gen.Select(Settings, Gen.Long[0, 1000], Gen.Long[0, 4_000_000_000_000_000]).Sample((settings, position, microseconds) =>
        {
            var span = PumpClock.Resolve(settings, Summer).SpanAt(position);
            var moment = DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);
            if (span.AheadOfUtc is { } ahead)
            {
                Assert.Equal(moment, span.Resolve(PumpTime.From(moment.UtcDateTime + ahead)));
            }
        });

    /// <summary>A clock that is set right each time: whatever its owner did, the walk back finds the offset that each span really had.</summary>
    [Fact]
    public void The_walk_back_finds_the_offset_and_drift_of_every_span() =>
        Gen.Select(Gen.Int[-24, 28].Array[1, 12], Gen.Int[-300, 300].Array[12]).Sample((halfHours, drifts) =>
        {
            // Span i shows its zone plus what it has drifted when the next setting puts it right.
            var settings = new List<ClockSetting>();
            for (var index = 1; index < halfHours.Length; index++)
            {
                settings.Add(Setting(index * 10, ((halfHours[index] - halfHours[index - 1]) * 1800) - drifts[index - 1]));
            }

            var clock = PumpClock.Resolve(settings, new ClockAnchor(TimeSpan.FromMinutes(30.0 * halfHours[^1]), SpanResolution.Zone));
            for (var index = 0; index < halfHours.Length - 1; index++)
            {
                var isSettable = (halfHours[index + 1] - halfHours[index]) * 1800 != drifts[index]
                    && Math.Abs(((halfHours[index + 1] - halfHours[index]) * 1800) - drifts[index]) <= 26 * 3600;
                if (!isSettable)
                {
                    return;
                }

                var span = clock.SpanAt(index * 10);
                if (span.AheadOfUtc is not null)
                {
                    Assert.Equal(TimeSpan.FromMinutes(30.0 * halfHours[index]), span.ZoneOffset);
                    Assert.Equal(TimeSpan.FromSeconds((double)drifts[index]), span.Drift);
                }
            }
        });

    private static Gen<ClockSetting[]> Settings { get; } =
        Gen.Select(Gen.Int[1, 12], Gen.OneOf(Gen.Int[-93_600, 93_600], Gen.Const(-174_182_400)))
            .Array[0, 20]
            .Select(steps =>
            {
                var position = 0L;
                return steps.Select(step => Setting(position += step.Item1, step.Item2)).ToArray();
            });

    private static ClockSetting Setting(long position, int seconds) =>
        new(position, At("2025-07-01T00:00:00"), TimeSpan.FromSeconds((double)seconds));

    private static PumpTime At(string clock) => PumpTime.From(DateTime.Parse(clock, System.Globalization.CultureInfo.InvariantCulture));
}
