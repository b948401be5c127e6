using System.Globalization;
using System.Text.Json.Nodes;
using TandemFetch.Engine.Integrity;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Pipeline;

/// <summary>
/// Tandem Source lists a pump under a second key and serves its log again: therapy counts once, and what was received
/// is kept for both keys.
/// </summary>
public sealed class RepeatedEntriesTests(RepeatedEntriesTests.Fetched fetched)
    : IClassFixture<RepeatedEntriesTests.Fetched>, IDisposable
{
    private const string Older = "00000000-0000-4000-8000-0000000000aa";
    private const string Newer = "00000000-0000-4000-8000-0000000000bb";
    private const string Newest = "00000000-0000-4000-8000-0000000000cc";
    private const string Serial = "90001234";
    private const int Days = 8;

    private static readonly SyntheticLog Log = SyntheticLog.Of(seed: 12, days: Days, sparse: true);
    private static readonly DateTime Start = Clock(Log.Entries.Values.First()).Date;

    private static readonly string[] Therapy =
        ["events", .. DomainTables.Derived.SelectMany(table => table.Tables)];

    private readonly TestDatabase _file = new();
    private readonly TestDatabase _right = new();

    public void Dispose()
    {
        _file.Dispose();
        _right.Dispose();
    }

    [Fact]
    public async Task A_log_that_comes_again_under_a_new_key_counts_once()
    {
        await fetched.CopyAsync(Older, _file);
        var observer = new Source.RecordingObserver();

        await BackfillAsync(_file, observer, default, Key(Newer));

        await AssertCountsForAsync(Newer);
        Assert.Equal(
            [(long)Log.Entries.Count, Log.Entries.Count],
            await _file.QueryAsync<long>("SELECT count(*) FROM raw_events GROUP BY device_assignment_id"));
        Assert.Contains(observer.Warnings, warning => warning.Contains(Older) && warning.Contains(Newer));
        Assert.Equal([(long)Log.Entries.Count], await FindingsAsync("repeated_entries"));

        // And it stays so.
        var again = await BackfillAsync(_file, observer, default, Key(Newer));
        Assert.All(again, run => Assert.Equal(0, run.RowsOut));
        Assert.Single(observer.Warnings);
        await AssertCountsForAsync(Newer);
    }

    [Fact]
    public async Task Both_keys_stay_listed_and_grow()
    {
        for (var day = 3; day <= Days; day += 2)
        {
            await BackfillAsync(_file, Key(Older, until: day), Key(Newer, until: day - 1));
            await AssertNothingTwiceAsync();
        }

        await BackfillAsync(_file, Key(Newer), Key(Older));

        await AssertCountsForAsync(Newer);
    }

    [Fact]
    public async Task The_third_key_counts_if_there_are_three()
    {
        await BackfillAsync(_file, Key(Older, until: 6));
        await BackfillAsync(_file, Key(Newer, until: 7));
        await BackfillAsync(_file, Key(Newest));

        await AssertCountsForAsync(Newest);
    }

    [Fact]
    public async Task The_older_key_keeps_what_the_newer_one_does_not_repeat()
    {
        await BackfillAsync(_file, Key(Older, until: 6));

        await BackfillAsync(_file, Key(Newer, from: 4));

        await AssertNothingTwiceAsync();
        Assert.Equal(
            Log.Entries.Keys,
            (await _file.QueryAsync<long>("SELECT log_position FROM events")).Order());
        Assert.Equal(
            [(Older, Start.AddDays(4)), (Newer, Start.AddDays(Days + 1))],
            await _file.QueryAsync<(string, DateTime)>(
                "SELECT device_assignment_id, date_trunc('day', max(pump_time)) + INTERVAL 1 DAY FROM events GROUP BY 1 ORDER BY 1"));
    }

    [Fact]
    public async Task Another_log_under_the_same_serial_number_is_kept_whole()
    {
        // The positions begin again, as after a reset of the pump; so the entries are others.
        var other = SyntheticLog.Of(seed: 13, days: 4, sparse: true, start: new DateTimeOffset(2025, 6, 1, 6, 0, 0, TimeSpan.Zero));
        await fetched.CopyAsync(Older, _file);

        await BackfillAsync(_file, new Assignment(
            Newer, Serial, [.. other.Entries.Values.Select(entry => Renamed(entry, Newer))], other.Account.LastUpload));

        Assert.Equal(
            [(long)Log.Entries.Count, other.Entries.Count],
            await _file.QueryAsync<long>("SELECT count(*) FROM events GROUP BY device_assignment_id ORDER BY device_assignment_id"));
        await SameTables.AssertWholeAsync(_file);
    }

    [Fact]
    public async Task What_counted_twice_before_the_serial_number_was_known_counts_once_afterwards()
    {
        await fetched.CopyAsync(Older, _file);
        await BackfillAsync(_file, Key(Newer) with { Serial = null });
        Assert.Equal([2L * Log.Entries.Count], await _file.QueryAsync<long>("SELECT count(*) FROM events"));

        await BackfillAsync(_file, Key(Newer));

        await AssertCountsForAsync(Newer);
    }

    [Theory]
    [InlineData(Older)]
    [InlineData(Newer)]
    public async Task A_rebuild_gives_the_same(string listed)
    {
        await fetched.CopyAsync(Older, _file);
        await BackfillAsync(_file, Key(Newer));

        using (var database = await _file.OpenAsync())
        {
            await RunAsync(database, new AssignedLogs([Key(listed)]), SilentObserver.Instance, new BackfillRequest { Rebuild = true }, default);
        }

        await AssertCountsForAsync(Newer);
    }

    [Fact]
    public async Task A_stop_anywhere_leaves_nothing_twice_after_the_next_run()
    {
        await fetched.CopyAsync(Newer, _right);
        var stops = 0;
        for (var messages = 1; messages <= 40; messages += 9)
        {
            using var file = new TestDatabase();
            await fetched.CopyAsync(Older, file);
            using var stop = new CancellationTokenSource();
            var left = messages;
            try
            {
                await BackfillAsync(file, new CountingObserver(() =>
                {
                    if (Interlocked.Decrement(ref left) == 0)
                    {
                        stop.Cancel();
                    }
                }), stop.Token, Key(Newer));
            }
            catch (OperationCanceledException)
            {
                stops++;
            }

            await BackfillAsync(file, Key(Newer));
            await AssertSameTherapyAsync(_right, file);
        }

        Assert.True(stops > 2, $"Only {stops} runs were stopped before their end.");
    }

    [Fact]
    public async Task A_new_key_is_in_the_zone_of_the_older_one()
    {
        await BackfillAsync(_file, Key(Older, until: 3));
        using (var database = await _file.OpenAsync())
        {
            new PumpStore(database).SetTimeZone(Older, "Europe/Vienna");
        }

        await BackfillAsync(_file, Key(Newer, until: 3));

        Assert.Equal(
            [("Europe/Vienna", "User"), ("Europe/Vienna", "User")],
            await _file.QueryAsync<(string, string)>("SELECT time_zone, time_zone_set_by FROM pumps"));
    }

    [Fact]
    public async Task An_event_that_counts_twice_is_a_fault()
    {
        await fetched.CopyAsync(Older, _file);
        await BackfillAsync(_file, Key(Newer) with { Serial = null });
        TestDatabase.ExecuteAsAnotherProgram(
            _file.Path, $"INSERT INTO bookkeeping.newer_assignments VALUES ('{Older}', '{Newer}')");

        Assert.Equal([(long)Log.Entries.Count], await FindingsAsync("repeated_events"));
    }

    private static Assignment Key(string key, int from = 0, int until = Days + 1) => new(
        key,
        Serial,
        [
            .. Log.Entries.Values
                .Where(entry => Clock(entry) >= Start.AddDays(from) && Clock(entry) < Start.AddDays(until))
                .Select(entry => Renamed(entry, key)),
        ],
        Log.Account.LastUpload);

    private static JsonNode Renamed(JsonNode entry, string key)
    {
        var renamed = entry.DeepClone();
        renamed["deviceAssignmentId"] = key;
        return renamed;
    }

    private static DateTime Clock(JsonNode entry) =>
        DateTime.Parse((string)entry["pumpDateTime"]!, CultureInfo.InvariantCulture);

    private static Task<List<PipelineRun>> BackfillAsync(TestDatabase file, params Assignment[] assignments) =>
        BackfillAsync(file, SilentObserver.Instance, default, assignments);

    private static async Task<List<PipelineRun>> BackfillAsync(
        TestDatabase file, IRunObserver observer, CancellationToken stop, params Assignment[] assignments)
    {
        using var database = await file.OpenAsync();
        return await RunAsync(database, new AssignedLogs(assignments), observer, new BackfillRequest(), stop);
    }

    private static async Task<List<PipelineRun>> RunAsync(
        TandemDatabase database, AssignedLogs source, IRunObserver observer, BackfillRequest request, CancellationToken stop)
    {
        var account = await source.GetAccountAsync(CancellationToken.None);
        var runs = new Backfill(database, observer, TimeProvider.System).RunAsync(
            request with { TimeZone = TestDatabase.Zone }, source, account, failure => throw failure, stop);
        return await runs.ToListAsync(CancellationToken.None);
    }

    /// <summary>The file has what one key alone would have given, and all of it under that key.</summary>
    private async Task AssertCountsForAsync(string key)
    {
        await fetched.CopyAsync(key, _right);
        await AssertSameTherapyAsync(_right, _file);
        await AssertFinishedAsync();
    }

    private async Task AssertFinishedAsync()
    {
        await SameTables.AssertWholeAsync(_file, "repeated_entries");
        using var database = await _file.OpenAsync(DatabaseAccess.Read);
        Assert.False(UnfinishedWork.Exists(database));
    }

    private static Task AssertSameTherapyAsync(TestDatabase right, TestDatabase file) =>
        SameTables.AssertRowsAsync(right, file, Therapy);

    private async Task AssertNothingTwiceAsync()
    {
        Assert.Equal(
            [0L],
            await _file.QueryAsync<long>("SELECT count(*) - count(DISTINCT (log_position, pump_time, event_id)) FROM events"));
        await AssertFinishedAsync();
    }

    private async Task<IEnumerable<long>> FindingsAsync(string check)
    {
        using var database = await _file.OpenAsync(DatabaseAccess.Read);
        return [.. new IntegrityInspection(database, SilentObserver.Instance)
            .Run([check], TestContext.Current.CancellationToken).Select(found => found.Count)];
    }

    /// <summary>
    /// Files with the whole log under one key. Each is made once, because most tests begin with one or end like one.
    /// </summary>
    public sealed class Fetched
    {
        private readonly Dictionary<string, byte[]> _files = [];

        internal async Task CopyAsync(string key, TestDatabase to)
        {
            if (!_files.TryGetValue(key, out var file))
            {
                using var made = new TestDatabase();
                await BackfillAsync(made, Key(key));
                file = await File.ReadAllBytesAsync(made.Path, TestContext.Current.CancellationToken);
                _files.Add(key, file);
            }

            await File.WriteAllBytesAsync(to.Path, file, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>One key of a pump in an account, with the log that is served for it.</summary>
    private sealed record Assignment(string Key, string? Serial, IReadOnlyList<JsonNode> Entries, DateTimeOffset? Upload);

    private sealed class AssignedLogs(IReadOnlyList<Assignment> assignments) : ILogSource
    {
        public Task<SourceAccount> GetAccountAsync(CancellationToken cancellationToken) => Task.FromResult(new SourceAccount(
            Regions.US,
            [
                .. assignments.Select(assignment => Log.Account with
                {
                    AssignmentId = assignment.Key,
                    SerialNumber = assignment.Serial,
                    FirstEvent = assignment.Entries.Min(Clock),
                    LastEvent = assignment.Entries.Max(Clock),
                    LastUpload = assignment.Upload,
                }),
            ]));

        public Task<LogPage> GetLogPageAsync(
            string assignmentId, DateOnly firstDay, DateOnly lastDay, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var entries = assignments.First(assignment => assignment.Key == assignmentId).Entries;
            return Log.Serving(entries, [.. entries.Where(SyntheticLog.IsClockChange)])
                .GetLogPageAsync(assignmentId, firstDay, lastDay, cancellationToken);
        }
    }

    private sealed class CountingObserver(Action count) : IRunObserver
    {
        public void Progress(RunProgress progress) => count();

        public void Verbose(string message) => count();

        public void Debug(string message)
        {
        }

        public void Warning(string message) => count();
    }
}
