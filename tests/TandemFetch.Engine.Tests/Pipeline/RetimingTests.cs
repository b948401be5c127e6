using System.Globalization;
using System.Text.Json.Nodes;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Tables;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Engine.Tests.Pipeline;

/// <summary>Which times change, and which do not.</summary>
public sealed class RetimingTests : IDisposable
{
    private static readonly BackfillRequest Local = new() { Stages = [PipelineStage.Parse, PipelineStage.Derive] };

    private readonly TestDatabase _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Another_zone_gives_the_tables_of_a_run_with_that_zone()
    {
        var log = SyntheticLog.Of(11, days: 30, sparse: true, ClockHabits.Tidy);
        using var other = new TestDatabase();
        await other.BackfillAsync(log.Serving(log.Entries.Values), new BackfillRequest { TimeZone = "Europe/Berlin" });
        await _file.BackfillAsync(log.Serving(log.Entries.Values));

        await _file.BackfillAsync(log.Serving([]), Local with { NewTimeZone = "Europe/Berlin" });

        await SameTables.AssertRowsAsync(
            other, _file, ["events", "clock_spans", .. DomainTables.Derived.Select(table => table.Name)]);
    }

    [Fact]
    public async Task Another_zone_moves_all_of_a_pump_whose_upload_does_not_tell_its_clock()
    {
        var log = SyntheticLog.Of(12, days: 30, sparse: true, ClockHabits.Tidy);
        using var other = new TestDatabase();
        await other.BackfillAsync(new SourceWithoutUpload(log.Serving(log.Entries.Values)), new BackfillRequest { TimeZone = "Europe/Berlin" });
        await _file.BackfillAsync(new SourceWithoutUpload(log.Serving(log.Entries.Values)));

        var runs = await _file.BackfillAsync(new SourceWithoutUpload(log.Serving([])), Local with { NewTimeZone = "Europe/Berlin" });
        await other.BackfillAsync(new SourceWithoutUpload(log.Serving([])), Local with { NewTimeZone = "Europe/Berlin" });

        Assert.Equal(log.Entries.Count, runs.Single(run => run.Stage == PipelineStage.Parse).RowsOut);
        await SameTables.AssertAsync(other, _file);
    }

    [Fact]
    public async Task The_same_zone_again_retimes_nothing()
    {
        var log = SyntheticLog.Of(11, days: 30, sparse: true, ClockHabits.Tidy);
        await _file.BackfillAsync(log.Serving(log.Entries.Values));

        var runs = await _file.BackfillAsync(log.Serving([]), Local);

        Assert.All(runs, run => Assert.Equal(0, run.RowsOut));
    }

    [Fact]
    public async Task A_time_that_was_set_twice_in_one_visit_stays_where_it_is()
    {
        var log = SyntheticLog.Of(11, days: 30, sparse: true, ClockHabits.Tidy);
        var (first, second) = log.Entries.Keys.Zip(log.Entries.Keys.Skip(1)).Last(pair => pair.Second == pair.First + 1 && pair.Second < log.Entries.Keys.Max());
        SetClock(log.Entries[first], -21_621_833);
        SetClock(log.Entries[second], -7_131);
        await _file.BackfillAsync(log.Serving(log.Entries.Values));
        var once = await _file.DumpAsync("events");

        var runs = await _file.BackfillAsync(log.Serving([]), Local);

        Assert.All(runs, run => Assert.Equal(0, run.RowsOut));
        Assert.Equal(once, await _file.DumpAsync("events"));
        await SameTables.AssertWholeAsync(_file);
    }

    [Fact]
    public async Task A_clock_change_that_comes_late_retimes_exactly_the_entries_before_it()
    {
        var habits = ClockHabits.Tidy with { SummerTime = SummerTime.OnTheDay };
        var log = SyntheticLog.Of(2, days: 40, sparse: true, habits, start: new DateTimeOffset(2025, 10, 10, 0, 0, 0, TimeSpan.Zero));
        var change = (long)Assert.Single(log.ClockChanges, entry => (int)entry["eventCode"]! == 13)["sequenceNumber"]!;
        var withoutChanges = log.Entries.Values.Where(entry => !SyntheticLog.IsClockChange(entry)).ToList();
        await _file.BackfillAsync(log.Serving(withoutChanges, []));

        var runs = await _file.BackfillAsync(log.Serving([], [.. log.ClockChanges]), new BackfillRequest { Rebuild = false });

        var before = log.Entries.Keys.Count(position => position < change) - log.ClockChanges.Count(entry => (long)entry["sequenceNumber"]! < change);
        var parse = runs.Single(run => run.Stage == PipelineStage.Parse);
        Assert.Equal(log.ClockChanges.Count(), parse.RowsIn);
        Assert.Equal(before, parse.RowsOut - parse.RowsIn);
        using var clean = new TestDatabase();
        await clean.BackfillAsync(log.Serving(log.Entries.Values));
        await SameTables.AssertAsync(clean, _file);
    }

    [Fact]
    public async Task What_lasts_across_a_late_clock_change_far_from_its_ends_is_as_long_as_it_was()
    {
        var habits = ClockHabits.Tidy with { SummerTime = SummerTime.OnTheDay };
        var log = SyntheticLog.Of(2, days: 40, sparse: true, habits, start: new DateTimeOffset(2025, 10, 10, 0, 0, 0, TimeSpan.Zero), spread: true);
        var entries = log.Entries.Values.Where(entry => (int)entry["eventCode"]! is 279 or 256 or 399 or 372 or 480).ToList();
        (entries[10]["eventCode"], entries[10]["eventProperties"]) = (11, new JsonObject { ["suspendReason"] = 0 });
        (entries[^10]["eventCode"], entries[^10]["eventProperties"]) = (12, new JsonObject());
        await _file.BackfillAsync(log.Serving(entries, []));

        await _file.BackfillAsync(log.Serving([], [.. log.ClockChanges]));

        using var clean = new TestDatabase();
        await clean.BackfillAsync(log.Serving([.. entries, .. log.ClockChanges]));
        Assert.Single(await clean.DumpAsync("suspensions"));
        await SameTables.AssertAsync(clean, _file);
    }

    [Theory]
    [InlineData("2025-10-25", 23, 1, 2)]
    [InlineData("2026-03-01", 24, 2, 1)]
    public async Task Boluses_of_the_same_id_are_one_or_two_by_the_true_time_between_them(string start, int hours, int before, int after)
    {
        var habits = ClockHabits.Tidy with { SummerTime = SummerTime.OnTheDay };
        var log = SyntheticLog.Of(2, days: 14, sparse: false, habits, start: new DateTimeOffset(DateTime.Parse(start, CultureInfo.InvariantCulture), TimeSpan.Zero));
        var change = (long)Assert.Single(log.ClockChanges, entry => (int)entry["eventCode"]! == 13)["sequenceNumber"]!;
        var entries = log.Entries.Where(entry => (int)entry.Value["eventCode"]! is 279 or 256 or 399 or 372 or 480).ToList();
        var first = entries.Last(entry => entry.Key < change - 100).Value;
        var second = entries.First(entry => entry.Key > change && Clock(entry.Value) - Clock(first) > TimeSpan.FromHours(hours + 0.4)).Value;
        Assert.True(Clock(second) - Clock(first) < TimeSpan.FromHours(hours + 0.6));
        Complete(first);
        Complete(second);
        await _file.BackfillAsync(log.Serving([.. entries.Select(entry => entry.Value)], []));
        Assert.Equal(before, (await _file.DumpAsync("boluses")).Count);

        await _file.BackfillAsync(log.Serving([], [.. log.ClockChanges]));

        Assert.Equal(after, (await _file.DumpAsync("boluses")).Count);
        using var clean = new TestDatabase();
        await clean.BackfillAsync(log.Serving([.. entries.Select(entry => entry.Value), .. log.ClockChanges]));
        await SameTables.AssertAsync(clean, _file);

        static DateTime Clock(JsonNode entry) => (DateTime)entry["pumpDateTime"]!;

        static void Complete(JsonNode entry) => (entry["eventCode"], entry["eventProperties"]) =
            (20, new JsonObject { ["bolusId"] = 60_000, ["completionStatus"] = 3, ["insulinDelivered"] = 1.5, ["insulinRequested"] = 1.5 });
    }

    /// <summary>Turns an entry into one that sets the time by this many milliseconds.</summary>
    private static void SetClock(JsonNode entry, int change)
    {
        entry["eventCode"] = 13;
        entry["eventProperties"] = new JsonObject { ["timePrior"] = 60_000_000, ["timeAfter"] = 60_000_000 + change, ["rawRtcTime"] = 1 };
    }

    /// <summary>An account that does not show when its pumps uploaded.</summary>
    private sealed class SourceWithoutUpload(ILogSource source) : ILogSource
    {
        public async Task<SourceAccount> GetAccountAsync(CancellationToken cancellationToken)
        {
            var account = await source.GetAccountAsync(cancellationToken);
            return account with { Pumps = [.. account.Pumps.Select(pump => pump with { LastUpload = null })] };
        }

        public Task<LogPage> GetLogPageAsync(string assignmentId, DateOnly firstDay, DateOnly lastDay, CancellationToken cancellationToken) =>
            source.GetLogPageAsync(assignmentId, firstDay, lastDay, cancellationToken);
    }
}
