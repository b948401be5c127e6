using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Engine.Tests.Sandbox;

/// <summary>What real pumps write besides the plain log, and a log without it.</summary>
public sealed class LogTraitsTests
{
    private static readonly DateTimeOffset End = new(2026, 6, 1, 3, 50, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(LogTraits.All, 1, 2)]
    [InlineData(LogTraits.None, 0, 0)]
    public void Scheduled_sleeps_carry_the_actions_of_sleeps_by_hand(LogTraits traits, int starts, int stops)
    {
        var changes = Log(SensorKind.DexcomG7, 60, traits)
            .Where(e => e.Code == 229 && e.Number("sleepStartedByGui") == 0).ToList();

        var begun = changes.Where(e => e.Number("currentUserMode") == 1).ToList();
        var ended = changes.Where(e => e.Number("previousUserMode") == 1 && e.Number("currentUserMode") == 0).ToList();
        Assert.True(begun.Count > 30);
        Assert.All(begun, e => Assert.Equal(starts, e.Number("requestedAction")));
        Assert.All(ended, e => Assert.Equal(stops, e.Number("requestedAction")));
    }

    [Fact]
    public void A_live_reading_is_logged_twice_now_and_then()
    {
        Assert.InRange(Repeated(LogTraits.All), 5, 60);
        Assert.Equal(0, Repeated(LogTraits.All & ~LogTraits.RepeatedReadings));

        static int Repeated(LogTraits traits) => Log(SensorKind.DexcomG7, 60, traits).Where(e => e.Code == 399)
            .GroupBy(e => (
                e["egvTimeStamp"].GetUInt32(), e["cgmDataType"].ToString(), e.Number("currentGlucoseDisplayValue")))
            .Count(group => group.Count() == 2 && group.First().Utc == group.Last().Utc);
    }

    [Fact]
    public void A_dexcom_without_a_trend_says_so()
    {
        var rates = Log(SensorKind.DexcomG6, 60).Where(e => e.Code == 256).Select(e => e.Number("rate")).ToList();
        var plain = Log(SensorKind.DexcomG6, 60, LogTraits.All & ~LogTraits.MissingTrends)
            .Where(e => e.Code == 256).Select(e => e.Number("rate"));

        Assert.Contains(127, rates);
        Assert.Contains(-128, rates);
        Assert.InRange(rates.Count(rate => rate is 127 or -128), 10, 200);
        Assert.All(rates.Except([127, -128]), rate => Assert.InRange(rate, -80, 80));
        Assert.All(plain, rate => Assert.InRange(rate, -80, 80));
    }

    [Fact]
    public void A_libre_3_is_read_once_a_minute()
    {
        var live = Log(SensorKind.Libre3, 10)
            .Where(e => e.Code == 480 && e["cgmDataType"].ToString() == "[5]").ToList();
        var apart = live.Zip(live.Skip(1), (a, b) => (b.Utc - a.Utc).TotalSeconds).ToList();

        Assert.InRange(live.Count / 10.0, 1000, 1440);
        Assert.InRange(apart.Count(seconds => seconds is > 55 and < 65) / (double)apart.Count, 0.97, 1);
        Assert.All(
            Log(SensorKind.Libre3, 10, LogTraits.None).Where(e => e.Code == 480),
            e => Assert.Contains(e["cgmDataType"].ToString(), new[] { "[0]", "[1]" }));
    }

    [Fact]
    public void A_join_of_a_libre_3_has_unix_times_and_no_duration_in_days()
    {
        var forms = new HashSet<int>();
        for (var seed = 1; seed <= 8; seed++)
        {
            var joins = Log(SensorKind.Libre3, 40, seed: seed, sparse: true).Where(e => e.Code == 477).ToList();
            Assert.NotEmpty(joins);
            foreach (var join in joins)
            {
                Assert.InRange(join["sessionJoinTime"].GetUInt32() - join.Utc.ToUnixTimeSeconds(), -1, 1);
                Assert.InRange(join["sessionStartTime"].GetUInt32() - join.Utc.ToUnixTimeSeconds(), -60, 0);
                Assert.Equal(0, join.Number("sessionDuration"));
                var isNewer = join.Properties.TryGetProperty("sessionDurationSecs", out var seconds);
                forms.Add(isNewer ? seconds.GetInt32() : 0);
            }
        }

        Assert.Equal([0, 14 * 86_400], forms.Order());
    }

    [Theory]
    [InlineData(4, 27, "alertId")]
    [InlineData(5, 8, "alarmId")]
    public void What_is_raised_is_mostly_acknowledged(int raised, int acknowledged, string id)
    {
        var entries = Log(SensorKind.DexcomG7, 120);
        var raises = entries.Where(e => e.Code == raised).ToList();
        var answers = entries.Where(e => e.Code == acknowledged).ToList();

        Assert.InRange(answers.Count / (double)raises.Count, 0.4, 0.8);
        Assert.All(answers, answer => Assert.Contains(
            raises, e => e.Number(id) == answer.Number(id) && (answer.Utc - e.Utc).TotalSeconds is > 0 and < 60));
    }

    [Fact]
    public void A_renamed_profile_has_its_name_in_two_entries()
    {
        var entries = Log(SensorKind.DexcomG7, 200, sparse: true);
        var first = entries.FindIndex(e => e.Code == 69);

        var letters = Enumerable.Range(0, 8).Select(i => entries[first].Number($"name{i}"))
            .Concat(Enumerable.Range(8, 8).Select(i => entries[first + 1].Number($"name{i}")));
        Assert.Equal(57, entries[first + 1].Code);
        Assert.Equal(
            "Weekday 1", string.Concat(letters.TakeWhile(letter => letter > 0).Select(letter => (char)letter)));
    }

    [Fact]
    public void A_g7_that_is_joined_again_began_when_it_began()
    {
        var (again, sameSignature, late) = (0, 0, 0);
        for (var seed = 1; seed <= 12; seed++)
        {
            var joins = Log(SensorKind.DexcomG7, 365, seed: seed, sparse: true).Where(e => e.Code == 394)
                .Select(e => (Age: e.Number("cgmTimestamp"), Signature: e.Number("sessionSignature"), e.Utc))
                .Select(join => (join.Age, join.Signature, Began: join.Utc.AddSeconds(-join.Age))).ToList();
            late += joins.Count(join => join.Age > 3600);
            foreach (var (one, next) in joins.Zip(joins.Skip(1)))
            {
                var isSameSensor = Math.Abs((next.Began - one.Began).TotalSeconds) < 3;
                again += isSameSensor ? 1 : 0;
                sameSignature += !isSameSensor && next.Signature == one.Signature ? 1 : 0;
                Assert.True(!isSameSensor || next.Signature == one.Signature);
            }
        }

        Assert.True(again > 10);
        Assert.True(sameSignature > 10);
        Assert.True(late > 10);
    }

    [Fact]
    public void Some_sensors_end_without_an_entry()
    {
        var whole = Log(SensorKind.DexcomG7, 700, LogTraits.All & ~LogTraits.MissingStops, sparse: true);
        var log = Log(SensorKind.DexcomG7, 700, sparse: true);

        var stops = whole.Count(e => e.Code == 447);
        Assert.InRange(log.Count(e => e.Code == 447), stops * 0.75, stops - 1);
    }

    [Theory]
    [InlineData(SensorKind.DexcomG7)]
    [InlineData(SensorKind.DexcomG6)]
    public void What_is_logged_besides_does_not_change_the_therapy(SensorKind sensor)
    {
        var all = Make(sensor, 60, LogTraits.All, sparse: false, seed: 4);
        var none = Make(sensor, 60, LogTraits.None, sparse: false, seed: 4);

        Assert.Equal(
            none.Boluses().Select(bolus => bolus with { FirstSequence = 0 }),
            all.Boluses().Select(bolus => bolus with { FirstSequence = 0 }));
        Assert.Equal(none.BasalUnitsByUtcDay(), all.BasalUnitsByUtcDay());
    }

    [Fact]
    public void The_new_algorithm_gives_doses_that_add_up_and_sets_no_rates()
    {
        var pump = Make(SensorKind.DexcomG7, 30, LogTraits.All, sparse: false, seed: 6, ControlAlgorithm.SyncDose);
        var entries = SyntheticEntry.All(pump);

        Assert.DoesNotContain(entries, e => e.Code is 279 or 3 or 313 or 2 or 15);
        Assert.Superset(new HashSet<int> { 558, 559, 562, 563, 564, 565 }, entries.Select(e => e.Code).ToHashSet());
        var given = entries.Where(e => e.Code == 559).GroupBy(e => DateOnly.FromDateTime(e.Utc.UtcDateTime))
            .ToDictionary(day => day.Key, day => day.Sum(e => e["syncDoseSizeDelivered"].GetDouble()));
        Assert.All(pump.BasalUnitsByUtcDay().SkipLast(1), day => Assert.Equal(day.Value, given[day.Key], 0.001));
        Assert.All(given.Values.Skip(1).SkipLast(1), units => Assert.InRange(units, 3, 60));
        var started = entries.Where(e => e.Code == 558).Select(e => e.Number("doseId")).ToHashSet();
        Assert.All(entries.Where(e => e.Code == 559), e => Assert.Contains(e.Number("doseId"), started));
        Assert.Contains(entries, e => e.Code == 65 && e.Number("options") == 8);
        Assert.Contains(entries, e => e.Code == 280 && e.Number("bolusSource") == 11);
    }

    private static List<SyntheticEntry> Log(
        SensorKind sensor, int days, LogTraits traits = LogTraits.All, bool sparse = false, int seed = 4) =>
        SyntheticEntry.All(Make(sensor, days, traits, sparse, seed));

    private static SyntheticPump Make(
        SensorKind sensor,
        int days,
        LogTraits traits,
        bool sparse,
        int seed,
        ControlAlgorithm algorithm = ControlAlgorithm.ControlIQ) =>
        new(new SyntheticPumpOptions
        {
            Seed = (ulong)seed,
            Start = End.AddDays(-days),
            End = End,
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York"),
            Sensor = sensor,
            Algorithm = algorithm,
            Sparse = sparse,
            Traits = traits,
            Clock = ClockHabits.Tidy,
        });
}
