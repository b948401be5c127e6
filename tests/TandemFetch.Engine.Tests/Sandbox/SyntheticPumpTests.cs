using System.Security.Cryptography;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Engine.Tests.Sandbox;

public sealed class SyntheticPumpTests
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    private static readonly DateTimeOffset End = new(2026, 6, 1, 3, 50, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        Assert.Equal(Hash(Make(7, 60)), Hash(Make(7, 60)));
        Assert.NotEqual(Hash(Make(7, 60)), Hash(Make(8, 60)));
    }

    [Fact]
    public void The_log_does_not_depend_on_how_time_was_advanced()
    {
        var (atOnce, slowly) = (Make(3, 10), Make(3, 10));
        atOnce.AdvanceTo(End.AddDays(3));
        for (var hour = 1; hour <= 72; hour++)
        {
            slowly.AdvanceTo(End.AddHours(hour));
            Assert.True(slowly.EntryCount > 0);
        }

        Assert.Equal(Hash(atOnce), Hash(slowly));
    }

    [Theory]
    [InlineData(SensorKind.DexcomG7, ControlAlgorithm.ControlIQ, 950, 1500)]
    [InlineData(SensorKind.DexcomG7, ControlAlgorithm.SyncDose, 850, 1500)]
    [InlineData(SensorKind.DexcomG6, ControlAlgorithm.BasalIQ, 950, 1500)]
    [InlineData(SensorKind.Libre2, ControlAlgorithm.ControlIQ, 950, 1500)]
    [InlineData(SensorKind.Libre3, ControlAlgorithm.ControlIQ, 2000, 2650)]
    public void Days_are_full_and_plausible(SensorKind sensor, ControlAlgorithm algorithm, int atLeast, int atMost)
    {
        var pump = Make(11, 90, sensor, algorithm);
        var entries = SyntheticEntry.All(pump);

        Assert.InRange(entries.Count / 90.0, atLeast, atMost);
        var readings = entries.Where(e => e.Code is 256 or 399 or 372 or 480).ToList();
        var shown = readings.Where(r => r["glucoseValueStatus"].GetInt32() == 0).Select(r => r["currentGlucoseDisplayValue"].GetInt32()).ToList();
        Assert.All(shown, value => Assert.InRange(value, 40, 400));
        var inRange = shown.Count(v => v is >= 70 and <= 180) / (double)readings.Count;
        Assert.InRange(inRange, 0.45, 0.85);
        Assert.Contains(readings, r => r["cgmDataType"].EnumerateArray().Any(b => b.GetInt32() == 1));
    }

    [Fact]
    public void Sequence_numbers_rise_strictly_and_have_gaps()
    {
        var numbers = SyntheticEntry.All(Make(5, 60)).Select(e => e.Sequence).ToList();

        Assert.All(numbers.Zip(numbers.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        Assert.True(numbers[^1] - numbers[0] > numbers.Count * 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_bolus_chain_agrees_with_itself_and_with_the_truth(bool sparse)
    {
        var pump = Make(2, sparse ? 400 : 120, sparse: sparse);
        var entries = SyntheticEntry.All(pump);
        var kinds = new HashSet<BolusKind>();
        var statuses = new HashSet<int>();

        var next = 0;
        foreach (var truth in pump.Boluses())
        {
            while (entries[next].Sequence < truth.FirstSequence)
            {
                next++;
            }

            var own = entries.Skip(next).TakeWhile(e => e.Utc - truth.RequestedUtc < TimeSpan.FromHours(24))
                .Where(e => e.Code is 64 or 65 or 66 or 55 or 59 or 280 or 20 or 21 && e["bolusId"].GetInt32() == truth.BolusId).ToList();
            Assert.Equal(truth.FirstSequence, own[0].Sequence);
            if (truth.DeliveredMilliunits is not { } delivered)
            {
                continue;
            }

            var parts = own.Where(e => e.Code is 20 or 21).Sum(e => e["insulinDelivered"].GetDouble());
            Assert.Equal(delivered, (int)Math.Round(parts * 1000));
            Assert.Equal(delivered, own.Last(e => e.Code == 280)["deliveredTotal"].GetInt32());
            kinds.Add(truth.Kind);
            statuses.Add(truth.CompletionStatus!.Value);
        }

        Assert.True(kinds.Count >= 4);
        Assert.Superset(new HashSet<int> { 0, 3 }, statuses);
    }

    [Fact]
    public void The_counter_of_boluses_wraps_in_some_logs()
    {
        Assert.Contains(Enumerable.Range(1, 12), seed =>
        {
            var ids = Make(seed, 200, sparse: true).Boluses().Select(b => b.BolusId).ToList();
            return ids.Zip(ids.Skip(1)).Any(pair => pair.First > 65_000 && pair.Second < 500);
        });
    }

    [Fact]
    public void Basal_deliveries_add_up_to_the_true_daily_totals()
    {
        var pump = Make(4, 30, clock: ClockHabits.Tidy);
        var entries = SyntheticEntry.All(pump);
        var computed = new Dictionary<DateOnly, double>();
        for (var i = 0; i < entries.Count - 1; i++)
        {
            if (entries[i].Code != 279)
            {
                continue;
            }

            var end = i + 1;
            while (end < entries.Count - 1 && entries[end].Code != 279 && entries[end + 1].Utc - entries[end].Utc < TimeSpan.FromMinutes(15))
            {
                end++;
            }

            var until = entries[end].Utc - entries[end - 1].Utc > TimeSpan.FromMinutes(15) ? entries[end - 1].Utc : entries[end].Utc;
            var day = DateOnly.FromDateTime(entries[i].Utc.UtcDateTime);
            computed[day] = computed.GetValueOrDefault(day) + (entries[i]["commandedRate"].GetInt32() / 1000.0 * (until - entries[i].Utc).TotalHours);
        }

        foreach (var (day, units) in pump.BasalUnitsByUtcDay().Skip(1).SkipLast(1))
        {
            Assert.InRange(computed[day], (units * 0.995) - 0.1, (units * 1.005) + 0.1);
        }
    }

    [Fact]
    public void A_tidy_clock_shows_local_time_to_within_seconds()
    {
        foreach (var entry in SyntheticEntry.All(Make(9, 200, sparse: true, clock: ClockHabits.Tidy)))
        {
            var local = TimeZoneInfo.ConvertTime(entry.Utc, NewYork).DateTime;
            var off = Math.Abs((entry.Pump - local).TotalMinutes);

            // Within hours of the change of season the owner has not yet set the clock.
            Assert.True(off < 1 || Math.Abs(off - 60) < 1, $"{entry.Pump} against {local}");
        }
    }

    [Fact]
    public void Between_settings_of_the_clock_the_offset_is_constant_and_changes_by_what_is_logged()
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var pump = Make(seed, 400, sparse: true, clock: new ClockHabits { Reset = seed % 5 == 0 ? true : null });
            var drift = pump.Clock.DriftSecondsPerWeek!.Value;
            var entries = SyntheticEntry.All(pump);
            var silentJumps = 0;
            double? offset = null;
            var since = entries[0].Utc;
            foreach (var entry in entries)
            {
                var shown = (entry.Pump - entry.Utc.UtcDateTime).TotalSeconds;
                if (entry.Code is 13)
                {
                    offset += (entry["timeAfter"].GetInt64() - entry["timePrior"].GetInt64()) / 1000.0;
                }
                else if (entry.Code is 14)
                {
                    offset += (entry["dateAfter"].GetInt64() - entry["datePrior"].GetInt64()) * 86_400.0;
                }

                var expected = (offset ??= shown) + (drift * (entry.Utc - since).TotalDays / 7);
                if (expected - shown > 86_400)
                {
                    // An empty battery: the first entry of the restart, on the first day of 2008 or of 2020.
                    Assert.Equal(99, entry.Code);
                    DateOnly[] firstDays = [new(2008, 1, 1), new(2020, 1, 1)];
                    Assert.Contains(DateOnly.FromDateTime(entry.Pump), firstDays);
                    silentJumps++;
                    expected = shown;
                }

                Assert.InRange(shown - expected, -2.5, 2.5);
                (offset, since) = (shown, entry.Utc);
            }

            Assert.Equal(pump.Clock.EmptyBatteries, silentJumps);
        }
    }

    [Fact]
    public void A_sparse_log_is_small_and_has_every_common_kind()
    {
        var pump = Make(6, 365, sparse: true);
        var entries = SyntheticEntry.All(pump);

        Assert.InRange(entries.Count / 365.0, 30, 120);
        Assert.Superset(
            new HashSet<int> { 3, 4, 5, 11, 12, 16, 20, 21, 26, 28, 33, 55, 59, 61, 63, 64, 65, 66, 90, 279, 280, 307, 313 },
            entries.Select(e => e.Code).ToHashSet());
    }

    private static SyntheticPump Make(
        int seed, int days, SensorKind? sensor = null, ControlAlgorithm? algorithm = null, bool sparse = false, ClockHabits? clock = null) =>
        new(new SyntheticPumpOptions
        {
            Seed = (ulong)seed,
            Start = End.AddDays(-days),
            End = End,
            TimeZone = NewYork,
            Sensor = sensor,
            Algorithm = algorithm,
            Sparse = sparse,
            Clock = clock ?? new ClockHabits { FirstSetting = false, Reset = false },
        });

    private static string Hash(SyntheticPump pump)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var page in pump.Pages())
        {
            hash.AppendData(page.Json.Span);
        }

        return Convert.ToHexString(hash.GetCurrentHash());
    }
}
