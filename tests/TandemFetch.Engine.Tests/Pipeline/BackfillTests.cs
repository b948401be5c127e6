using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox;

namespace TandemFetch.Engine.Tests.Pipeline;

/// <summary>The laws of the pipeline, over real HTTP and real files.</summary>
public sealed class BackfillTests : IAsyncLifetime
{
    private readonly TestDatabase _file = new();
    private SandboxSource _sandbox = null!;

    public async ValueTask InitializeAsync() => _sandbox = await SandboxSource.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _file.Dispose();
    }

    [Fact]
    public async Task Every_entry_that_was_uploaded_is_stored_once()
    {
        // A server that applies the list of codes does not send the others.
        await using var sandbox = await SandboxSource.StartAsync(new SandboxOptions { Days = 40, IgnoresEventCodes = true });
        await _file.BackfillAsync(sandbox.Client, TestDatabase.Fetch);

        var uploaded = sandbox.Server.Account.Pumps[0].Log!.TrueTimes().Select(entry => entry.Sequence);
        var stored = await _file.QueryAsync<long>("SELECT sequence_number FROM raw_events ORDER BY sequence_number");
        Assert.Equal(stored.Distinct(), stored);
        Assert.Empty(uploaded.Except(stored));
    }

    [Fact]
    public async Task A_second_backfill_adds_nothing()
    {
        await _file.BackfillAsync(_sandbox.Client);
        var before = await SumsAsync(_file);

        var runs = await _file.BackfillAsync(_sandbox.Client);

        Assert.All(runs, run => Assert.Equal(0, run.RowsOut));
        Assert.Equal(before, await SumsAsync(_file));
    }

    [Fact]
    public async Task A_second_backfill_asks_for_the_newest_two_days_only()
    {
        await _file.BackfillAsync(_sandbox.Client);
        var newest = DateOnly.FromDateTime((await _sandbox.Client.GetAccountAsync(Cancellation)).Pumps[0].LastEvent!.Value);

        using var database = await _file.OpenAsync();
        var plan = Backfill.PlanFetch(
            (await _sandbox.Client.GetAccountAsync(Cancellation)).Pumps[0],
            new BackfillRequest { TimeZone = TestDatabase.Zone },
            StoredLogs.Read(database),
            TimeProvider.System);

        Assert.Equal([new DayRange(newest.AddDays(-1), newest)], plan);
    }

    [Fact]
    public async Task Deleted_events_and_tables_come_back_identical()
    {
        await _file.BackfillAsync(_sandbox.Client);
        var before = await SumsAsync(_file);
        using (var database = await _file.OpenAsync())
        {
            foreach (var table in DerivedTables(database))
            {
                database.Execute($"DELETE FROM {table}");
            }
        }

        await _file.BackfillAsync(
            _sandbox.Client,
            new BackfillRequest { Stages = [PipelineStage.Parse, PipelineStage.Derive], Rebuild = true });

        Assert.Equal(before, await SumsAsync(_file));
    }

    [Fact]
    public async Task Stopping_after_any_window_and_going_on_gives_the_same_as_one_run()
    {
        await _file.BackfillAsync(_sandbox.Client);
        var whole = await SumsAsync(_file);
        foreach (var windows in new[] { 1, 2, 3 })
        {
            using var stopped = new TestDatabase();
            await Assert.ThrowsAsync<TandemException>(
                () => stopped.BackfillAsync(new FailingSource(_sandbox.Client, windows)));
            var kept = await stopped.QueryAsync<long>(
                "SELECT count(DISTINCT (day - first) // 28) "
                + "FROM bookkeeping.fetched_days, (SELECT min(day) AS first FROM bookkeeping.fetched_days)");

            await stopped.BackfillAsync(_sandbox.Client);

            Assert.Equal([(long)windows], kept);
            Assert.Equal(whole, await SumsAsync(stopped));
        }
    }

    [Fact]
    public async Task A_range_that_the_server_cannot_answer_is_halved_until_it_can()
    {
        var source = new FailingSource(_sandbox.Client, int.MaxValue) { LongestRange = 9 };

        await _file.BackfillAsync(source, TestDatabase.Fetch);

        Assert.Equal([28, 14, 7], source.Asked.Take(3));
        Assert.All(source.Asked.Skip(2), days => Assert.True(days <= 14));
        using var whole = new TestDatabase();
        await whole.BackfillAsync(_sandbox.Client, TestDatabase.Fetch);
        await SameTables.AssertRowsAsync(whole, _file, "raw_events");
    }

    [Fact]
    public async Task An_entry_that_comes_again_with_other_content_is_a_further_revision_and_the_newest_counts()
    {
        await _file.BackfillAsync(Page("""{"bg":120,"bgEntryType":0}"""));
        await _file.BackfillAsync(Page("""{"bgEntryType":0, "bg":120}"""));
        await _file.BackfillAsync(Page("""{"bg":121,"bgEntryType":0}"""));

        Assert.Equal([0, 1], await _file.QueryAsync<int>("SELECT revision FROM raw_events ORDER BY id"));
        Assert.Equal(
            ["121 Manual Entry by the User via Numpad"],
            await _file.QueryAsync<string>(
                "SELECT concat_ws(' ', event_data ->> '$.bg', event_data ->> '$.bgEntryType') FROM events"));

        static StubSource Page(string properties) => new(
            [StubSource.Pump("00000000-0000-4000-8000-000000000009", new(2026, 4, 30), new(2026, 4, 30))],
            (_, _, _) => $$"""
                {"events":[{"deviceAssignmentId":"00000000-0000-4000-8000-000000000009","eventCode":16,"sequenceGroup":0,
                "sequenceNumber":7,"pumpDateTime":"2026-04-30T10:00:00","estimatedDateTime":"2026-04-30T10:00:00Z",
                "eventProperties":{{properties}} }],"clockChanges":[]}
                """);
    }

    [Fact]
    public async Task Unknown_codes_values_and_members_are_kept_and_read_back()
    {
        const string Entry =
            """
            {"deviceAssignmentId":"00000000-0000-4000-8000-000000000009","eventCode":9999,"sequenceGroup":1,"sequenceNumber":8,
             "pumpDateTime":"2026-04-30T10:00:00.250","eventProperties":{"a":[1,{"b":null}],"spareA":1},"estimatedDateTime":null,"extra":"é"}
            """;
        await _file.BackfillAsync(new StubSource(
            [StubSource.Pump("00000000-0000-4000-8000-000000000009", new(2026, 4, 30), new(2026, 4, 30))],
            (_, _, _) => $$"""{"events":[{{Entry}}]}"""));

        using var database = await _file.OpenAsync(DatabaseAccess.Read);
        var reader = new RecordReader(database);
        var raw = Assert.Single(reader.RawEvents(new RecordFilter(), Cancellation));
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(
            System.Text.Json.Nodes.JsonNode.Parse(Entry), System.Text.Json.Nodes.JsonNode.Parse(raw.ToJson())));
        var parsed = Assert.Single(reader.Events(new RecordFilter(), Cancellation));
        Assert.Equal(("UNKNOWN_9999", """{"a":[1,{"b":null}]}"""), (parsed.EventName, parsed.EventData));
    }

    [Fact]
    public async Task Several_pumps_share_one_file()
    {
        await using var sandbox = await SandboxSource.StartAsync(new SandboxOptions { Days = 40, Sparse = true, Pumps = 2 });

        var runs = await _file.BackfillAsync(sandbox.Client);

        var serials = sandbox.Server.Account.Pumps.Select(pump => pump.SerialNumber).ToList();
        Assert.Equal(serials.Order(), runs.Where(run => run.Stage == PipelineStage.Fetch).Select(run => run.PumpSerial!).Order());
        using var database = await _file.OpenAsync(DatabaseAccess.Read);
        var readings = new RecordReader(database)
            .Read<CgmReading>(new RecordFilter { PumpSerials = [serials[1]] }, Cancellation).ToList();
        Assert.NotEmpty(readings);
        Assert.All(readings, reading => Assert.Equal(serials[1], reading.PumpSerial));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static IReadOnlyList<string> DerivedTables(TandemDatabase database) => database.Query<string>(
        "SELECT concat(nullif(schema_name, 'main') || '.', table_name) AS name FROM duckdb_tables() WHERE table_name NOT IN ('raw_events', 'rejected_entries', 'fetched_days', 'fetch_marks', 'pipeline_runs', "
        + "'pumps', 'schema_migrations', 'stage_versions', 'clock_uploads', 'pump_settings', 'profiles', 'profile_segments') ORDER BY name");

    private static async Task<IReadOnlyDictionary<string, string>> SumsAsync(TestDatabase file)
    {
        using var database = await file.OpenAsync(DatabaseAccess.Read);
        return TestDatabase.Sums(database, DerivedTables(database).Append("raw_events"));
    }

    /// <summary>Passes requests on until it fails permanently, and fails on ranges that are too long.</summary>
    private sealed class FailingSource(ILogSource source, int requests) : ILogSource
    {
        private int _answered;

        public int LongestRange { get; init; } = int.MaxValue;

        public List<int> Asked { get; } = [];

        public Task<SourceAccount> GetAccountAsync(CancellationToken cancellationToken) => source.GetAccountAsync(cancellationToken);

        public Task<LogPage> GetLogPageAsync(string assignmentId, DateOnly firstDay, DateOnly lastDay, CancellationToken cancellationToken)
        {
            var days = new DayRange(firstDay, lastDay).Days;
            Asked.Add(days);
            if (days > LongestRange)
            {
                throw new TandemException(SourceErrors.RangeFailed, TandemErrorKind.Connection, "Too long.");
            }

            return _answered++ < requests
                ? source.GetLogPageAsync(assignmentId, firstDay, lastDay, cancellationToken)
                : throw new TandemException(SourceErrors.ServerUnreachable, TandemErrorKind.Connection, "The line is dead.");
        }
    }
}
