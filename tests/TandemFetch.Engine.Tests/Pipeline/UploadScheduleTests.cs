using CsCheck;
using Microsoft.Extensions.Time.Testing;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Pipeline;

/// <summary>
/// Whatever the pump's clock was set to in between, and in whatever order its log was uploaded, one more backfill gets
/// every entry that the server has.
/// </summary>
public sealed class UploadScheduleTests
{
    // Gaps that are not much younger than the 16 days for which they are checked after every upload.
    private static readonly TimeSpan RecentGap = TimeSpan.FromDays(14);

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Uploads that omit whole days, clocks wrong by minutes to years, runs that are interrupted: what fills gaps of
    /// the last two weeks is there at once, and everything else three days later.
    /// </summary>
    [Fact]
    public Task What_comes_late_into_gaps_is_there_after_the_next_backfill() =>
        CheckAsync(HoldBackDays, TimeSpan.FromHours(1), TimeSpan.FromDays(3));

    /// <summary>
    /// The same, and single entries that arrive late or change in days that have others: everything is there a week
    /// later.
    /// </summary>
    [Fact]
    public Task What_comes_late_anywhere_is_there_after_a_backfill_a_week_later() => CheckAsync(
        (log, random) =>
        {
            HoldBackDays(log, random);
            HoldBackEntries(log, random);
        },
        TimeSpan.FromDays(7),
        TimeSpan.Zero);

    /// <summary>
    /// The year was wrong, and a week of that is uploaded late: by its dates, the gap is two years old, and would not
    /// be checked again for weeks.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_gap_while_the_date_was_wrong_is_as_old_as_it_is(bool isSetRight)
    {
        var log = new UploadedLog();
        var wrong = TimeSpan.FromDays(-730);
        Fill(log, Start, Start.AddDays(10));
        log.Set(Start.AddDays(10), wrong);
        Fill(log, Start.AddDays(10), Start.AddDays(22));
        HoldBack(log, Start.AddDays(13), Start.AddDays(20), until: Start.AddDays(31));

        if (isSetRight)
        {
            log.Set(Start.AddDays(22), -wrong);
        }

        Fill(log, Start.AddDays(22), Start.AddDays(32));

        Assert.Empty(await MissingAfterAsync(
            log, Start.AddDays(23), Start.AddDays(24), Start.AddDays(25), Start.AddDays(31)));
    }

    /// <summary>
    /// Both times that the battery was empty, the clock began on the same day of 2008, and was set right in one visit,
    /// date and time; no run has completed.
    /// </summary>
    [Fact]
    public async Task What_was_logged_after_a_second_empty_battery_is_fetched_although_no_run_has_completed()
    {
        var log = new UploadedLog();
        using var file = new TestDatabase();

        await LiveAsync(Start.AddDays(2), TestDatabase.Fetch with { Until = Start });
        await LiveAsync(Start.AddDays(10), TestDatabase.Fetch with { Since = Start });
        await file.BackfillAsync(log, TestDatabase.Fetch, new FakeTimeProvider(log.Upload));

        Assert.Empty(await MissingAsync(log, file));

        Task LiveAsync(DateTimeOffset emptied, BackfillRequest request)
        {
            Fill(log, emptied.AddDays(-2), emptied);
            log.Reset(emptied);
            Fill(log, emptied, emptied.AddHours(14));
            log.Set(emptied.AddHours(14), TimeSpan.FromHours(-5) - log.Ahead);
            Fill(log, emptied.AddHours(14), emptied.AddDays(2));
            log.UploadAll(emptied.AddDays(2));
            return file.BackfillAsync(log, request, new FakeTimeProvider(log.Upload));
        }
    }

    /// <summary>An hour after a run that has found nothing in a gap of last week, the gap is filled.</summary>
    [Fact]
    public async Task A_gap_of_the_last_two_weeks_is_checked_after_every_upload()
    {
        var log = new UploadedLog();
        Fill(log, Start, Start.AddDays(20));
        HoldBack(log, Start.AddDays(8), Start.AddDays(13), until: Start.AddDays(18).AddHours(1));

        var checks = Enumerable.Range(15, 4).Select(day => Start.AddDays(day));
        Assert.Empty(await MissingAfterAsync(log, [.. checks, Start.AddDays(18).AddHours(1)]));
    }

    [Fact]
    public async Task A_gap_that_stays_costs_a_request_more_and_more_rarely()
    {
        var log = new UploadedLog();
        Fill(log, Start, Start.AddDays(10));
        Fill(log, Start.AddDays(15), Start.AddDays(20));
        log.UploadAll(Start.AddDays(20));
        var time = new FakeTimeProvider(Start.AddDays(20));
        using var file = new TestDatabase();
        using var database = await file.OpenAsync();
        await TestDatabase.BackfillAsync(database, log, TestDatabase.Fetch, time);

        var requests = new List<int>();
        for (var run = 0; run < 60; run++)
        {
            time.Advance(TimeSpan.FromMinutes(5));
            var before = log.Requests;
            var runs = await TestDatabase.BackfillAsync(database, log, TestDatabase.Fetch, time);
            Assert.All(runs, stage => Assert.Equal(0, stage.RowsOut));
            requests.Add(log.Requests - before);
        }

        Assert.Equal(2, requests[0]);
        Assert.All(requests, count => Assert.InRange(count, 1, 2));
        Assert.InRange(requests.Sum(), 61, 63);
    }

    [Fact]
    public async Task A_run_that_finds_nothing_new_makes_one_request()
    {
        var log = new UploadedLog();
        Fill(log, Start, Start.AddDays(100));
        log.UploadAll(Start.AddDays(100));
        using var file = new TestDatabase();
        var time = new FakeTimeProvider(log.Upload);
        await file.BackfillAsync(log, TestDatabase.Fetch, time);
        var before = log.Requests;

        await file.BackfillAsync(log, TestDatabase.Fetch, time);

        Assert.Equal(1, log.Requests - before);
    }

    /// <summary>An upload an hour on a log of a year: what is asked for again stays a small part of what is asked for at all.</summary>
    [Fact]
    public async Task Looking_again_costs_little_beside_the_hourly_request()
    {
        var log = new UploadedLog();
        Fill(log, Start.AddDays(-365), Start.AddDays(10));
        log.UploadAll(Start);
        using var file = new TestDatabase();
        using var database = await file.OpenAsync();
        var time = new FakeTimeProvider(Start);
        await TestDatabase.BackfillAsync(database, log, TestDatabase.Fetch, time);

        var before = log.Requests;
        for (var hour = 1; hour <= 120; hour++)
        {
            time.SetUtcNow(Start.AddHours(hour));
            log.UploadAll(Start.AddHours(hour));
            await TestDatabase.BackfillAsync(database, log, TestDatabase.Fetch, time);
        }

        Assert.InRange(log.Requests - before, 120, 170);
    }

    [Fact]
    public async Task Days_that_are_named_are_always_asked_for()
    {
        var log = new UploadedLog();
        Fill(log, Start, Start.AddDays(30));
        log.UploadAll(Start.AddDays(30));
        var late = log.Entries.Where(entry => entry.Time.Date == Start.AddDays(9).Date).Skip(1).First();
        late.IsUploaded = false;
        using var file = new TestDatabase();
        await file.BackfillAsync(log, TestDatabase.Fetch);

        late.IsUploaded = true;
        await file.BackfillAsync(log, TestDatabase.Fetch);
        var missing = await MissingAsync(log, file);
        await file.BackfillAsync(log, TestDatabase.Fetch with { Since = late.Time, Until = late.Time });

        Assert.Single(missing);
        Assert.Empty(await MissingAsync(log, file));
    }

    private static Task CheckAsync(
        Action<UploadedLog, Random> holdBack, TimeSpan rest, TimeSpan restOfOldGaps) => Gen.UInt.SampleAsync(
        seed => CompareAsync(seed, holdBack, rest, restOfOldGaps),
        iter: LongRun.IsAsked ? 500 : 2,
        threads: 1,
        writeLine: TestContext.Current.TestOutputHelper!.WriteLine);

    private static async Task CompareAsync(
        uint seed, Action<UploadedLog, Random> holdBack, TimeSpan rest, TimeSpan restOfOldGaps)
    {
        var random = new Random((int)(seed & int.MaxValue));
        var log = new UploadedLog { EndsWithLatestDate = random.Next(2) == 0 };
        var end = Live(log, random);
        holdBack(log, random);

        using var file = new TestDatabase();
        using var database = await file.OpenAsync();
        var time = new FakeTimeProvider(Start);
        for (var now = Start.AddDays(1); now < end; now += TimeSpan.FromHours(random.Next(1, 100)))
        {
            time.SetUtcNow(now);
            log.UploadAll(now);
            await RunAsync(database, log, random, time);
        }

        foreach (var entry in log.Entries)
        {
            entry.HeldBackUntil = DateTimeOffset.MinValue;
        }

        var last = end + rest;
        await FinishAsync(end, last);
        AssertWhole(entry => restOfOldGaps == TimeSpan.Zero || last - entry.Time < RecentGap);
        if (restOfOldGaps > TimeSpan.Zero)
        {
            await FinishAsync(last, last + restOfOldGaps);
            AssertWhole(_ => true);
        }

        // And the run after it requests only the newest days and at most one gap.
        var requests = log.Requests;
        var runs = await TestDatabase.BackfillAsync(database, log, TestDatabase.Fetch, time);
        Assert.All(runs, run => Assert.Equal(0, run.RowsOut));
        Assert.InRange(log.Requests - requests, 1, 2);

        Task FinishAsync(DateTimeOffset from, DateTimeOffset to)
        {
            Fill(log, from, to);
            time.SetUtcNow(to);
            log.UploadAll(to);
            return TestDatabase.BackfillAsync(database, log, TestDatabase.Fetch, time);
        }

        void AssertWhole(Func<UploadedLog.Entry, bool> mustBeThere)
        {
            var missing = Missing(log, database).Where(mustBeThere).ToList();
            Assert.True(
                missing.Count == 0,
                $"seed {seed}: {missing.Count} of {log.Entries.Count} missing, such as "
                + string.Join(", ", missing.Take(3).Select(entry => entry.Json)));
        }
    }

    /// <summary>A backfill, which may break off, or be about some days only.</summary>
    private static async Task RunAsync(TandemDatabase database, UploadedLog log, Random random, TimeProvider time)
    {
        switch (random.Next(5))
        {
            case 0:
                return;
            case 1:
                log.RequestsLeft = random.Next(3);
                try
                {
                    await TestDatabase.BackfillAsync(database, log, TestDatabase.Fetch, time);
                }
                catch (TandemException failure) when (failure.ErrorId == SourceErrors.ServerUnreachable)
                {
                    // That is the case here.
                }

                log.RequestsLeft = null;
                return;
            case 2:
                await TestDatabase.BackfillAsync(database, log, TestDatabase.Fetch with { Since = log.Upload.AddDays(-random.Next(40)) }, time);
                return;
            default:
                await TestDatabase.BackfillAsync(database, log, TestDatabase.Fetch, time);
                return;
        }
    }

    /// <summary>Weeks of a pump whose owner sets its clock correctly and incorrectly.</summary>
    private static DateTimeOffset Live(UploadedLog log, Random random)
    {
        var now = Start;
        for (var part = random.Next(2, 6); part > 0; part--)
        {
            now = Fill(log, now, now.AddHours(random.Next(24, 400)));
            if (random.Next(4) == 0)
            {
                log.Reset(now);
                now = Fill(log, now, now.AddHours(random.Next(1, 60)));
                log.Set(now, TimeSpan.FromHours(-5) - log.Ahead);
                continue;
            }

            var slip = Slip(random);
            log.Set(now, slip);
            now = Fill(log, now, now.AddMinutes(random.Next(3, 14 * 24 * 60)));
            log.Set(now, -slip);
        }

        return Fill(log, now, now.AddHours(random.Next(24, 200)));
    }

    private static TimeSpan Slip(Random random) => (random.Next(2) == 0 ? 1 : -1) * random.Next(5) switch
    {
        0 => TimeSpan.FromMinutes(random.Next(1, 90)),
        1 => TimeSpan.FromHours(random.Next(1, 40)),
        2 => TimeSpan.FromDays(random.Next(1, 20)),
        3 => TimeSpan.FromDays(30 + random.Next(2)),
        _ => TimeSpan.FromDays(365 * random.Next(1, 3)),
    };

    private static DateTimeOffset Fill(UploadedLog log, DateTimeOffset from, DateTimeOffset to)
    {
        for (var time = from; time < to; time += TimeSpan.FromHours(2.5))
        {
            log.Add(time);
        }

        return to;
    }

    /// <summary>Parts of some days that arrive later than what follows them.</summary>
    private static void HoldBackDays(UploadedLog log, Random random)
    {
        for (var stretches = random.Next(4); stretches > 0; stretches--)
        {
            var first = log.Entries[random.Next(log.Entries.Count)].Time;
            var last = first.AddDays(random.Next(3, 10));
            var arrival = last.AddDays(random.Next(1, 3) * 10);
            HoldBack(log, first, last, arrival);
        }
    }

    private static void HoldBack(UploadedLog log, DateTimeOffset first, DateTimeOffset last, DateTimeOffset until)
    {
        foreach (var entry in log.Entries.Where(entry => entry.Time >= first && entry.Time < last))
        {
            entry.HeldBackUntil = until;
        }
    }

    private static void HoldBackEntries(UploadedLog log, Random random)
    {
        foreach (var entry in log.Entries.Where(_ => random.NextDouble() < 0.05))
        {
            entry.HeldBackUntil = entry.Time.AddDays(random.Next(40));
        }
    }

    private static async Task<List<UploadedLog.Entry>> MissingAsync(UploadedLog log, TestDatabase file)
    {
        using var database = await file.OpenAsync(DatabaseAccess.Read);
        return Missing(log, database);
    }

    /// <summary>What is missing after backfills at these times, each right after an upload.</summary>
    private static async Task<List<UploadedLog.Entry>> MissingAfterAsync(UploadedLog log, params DateTimeOffset[] runs)
    {
        var time = new FakeTimeProvider(Start);
        using var file = new TestDatabase();
        using var database = await file.OpenAsync();
        foreach (var run in runs)
        {
            time.SetUtcNow(run);
            log.UploadAll(run);
            await TestDatabase.BackfillAsync(database, log, TestDatabase.Fetch, time);
        }

        return Missing(log, database);
    }

    private static List<UploadedLog.Entry> Missing(UploadedLog log, TandemDatabase database)
    {
        var stored = database.Query<string>(
            "SELECT arg_max(sequence_number || ' ' || raw_event_data, revision) FROM raw_events GROUP BY sequence_number").ToHashSet();
        return [.. log.Entries.Where(entry => entry.IsUploaded && !stored.Contains($"{entry.Position} {entry.Properties}"))];
    }
}
