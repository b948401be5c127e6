using Microsoft.Extensions.Time.Testing;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Pipeline;

/// <summary>Which stages and pumps run together, and how the failure of one affects the others.</summary>
public sealed class BackfillPolicyTests : IDisposable
{
    private const string First = "00000000-0000-4000-8000-000000000001";
    private const string Second = "00000000-0000-4000-8000-000000000002";

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase _file = new();

    public void Dispose() => _file.Dispose();

    /// <summary>
    /// A source that keeps its second window back until rows have been derived from the first one: if the stages ran in
    /// turn, they would wait forever.
    /// </summary>
    [Fact(Timeout = 120_000)]
    public async Task The_stages_of_a_pump_run_side_by_side()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var log = new UploadedLog();
        for (var time = Start; time < Start.AddDays(40); time += TimeSpan.FromMinutes(20))
        {
            log.Add(time);
        }

        log.UploadAll(Start.AddDays(40));
        var derived = new DerivedSignal();
        var source = new WithholdingSource(log, derived.Seen);
        using var database = await _file.OpenAsync();
        var backfill = new Backfill(database, derived, TimeProvider.System);
        var request = new BackfillRequest { TimeZone = TestDatabase.Zone };
        var runs = new List<PipelineRun>();

        await foreach (var run in backfill.RunAsync(
            request, source, await log.GetAccountAsync(cancellationToken), failure => throw failure, cancellationToken))
        {
            runs.Add(run);
        }

        Assert.Equal([PipelineStage.Fetch, PipelineStage.Parse, PipelineStage.Derive], runs.Select(run => run.Stage));
        Assert.Equal(log.Entries.Count, database.Scalar<long>("SELECT count(*) FROM bg_readings"));
    }

    [Fact]
    public async Task A_day_that_the_server_cannot_give_keeps_no_other_pump_from_its_backfill()
    {
        var failure = await Assert.ThrowsAsync<TandemException>(() => _file.BackfillAsync(new OneFailingPump()));

        Assert.Equal(PipelineErrors.WindowFailed, failure.ErrorId);
        Assert.Equal([Second], await _file.QueryAsync<string>("SELECT DISTINCT device_assignment_id FROM events"));
    }

    [Fact]
    public async Task A_day_that_the_server_cannot_give_keeps_no_other_pump_from_a_watch()
    {
        var source = new OneFailingPump();
        var time = new FakeTimeProvider(Start);
        var watch = new SourceWatch(
            _file.Path,
            [],
            _ => Task.FromResult(new WatchedSource(source, TestDatabase.Zone, null)),
            TimeSpan.FromMinutes(1),
            SilentObserver.Instance,
            time);

        await foreach (var step in watch.RunAsync(TimeSpan.FromMinutes(5), count: 1, TestContext.Current.CancellationToken))
        {
            Assert.Equal((PipelineErrors.WindowFailed, true, 1), (step.Cycle.ErrorId, step.Cycle.Fetched, step.Cycle.NewEntries));
        }

        Assert.Equal([Second], await _file.QueryAsync<string>("SELECT DISTINCT device_assignment_id FROM bg_readings"));
    }

    private sealed class DerivedSignal : IRunObserver
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => _seen.Task;

        public void Progress(RunProgress progress)
        {
            if (progress.Activity.StartsWith("Derive", StringComparison.Ordinal))
            {
                _seen.TrySetResult();
            }
        }

        public void Verbose(string message)
        {
        }

        public void Debug(string message)
        {
        }

        public void Warning(string message)
        {
        }
    }

    private sealed class WithholdingSource(UploadedLog log, Task derived) : ILogSource
    {
        public Task<SourceAccount> GetAccountAsync(CancellationToken cancellationToken) => log.GetAccountAsync(cancellationToken);

        public async Task<LogPage> GetLogPageAsync(string assignmentId, DateOnly firstDay, DateOnly lastDay, CancellationToken cancellationToken)
        {
            if (log.Requests > 0)
            {
                await derived.WaitAsync(cancellationToken);
            }

            return await log.GetLogPageAsync(assignmentId, firstDay, lastDay, cancellationToken);
        }
    }

    /// <summary>Two pumps; for the first one every request fails.</summary>
    private sealed class OneFailingPump : ILogSource
    {
        private readonly StubSource _source = new(
            [StubSource.Pump(First, Start.DateTime, Start.DateTime, Start), StubSource.Pump(Second, Start.DateTime, Start.DateTime, Start)],
            (device, _, _) => device == First
                ? throw new TandemException(SourceErrors.RangeFailed, TandemErrorKind.Connection, "500")
                : $$"""
                    {"events":[{"deviceAssignmentId":"{{device}}","eventCode":16,"sequenceGroup":0,"sequenceNumber":7,
                    "pumpDateTime":"2026-03-01T10:00:00","eventProperties":{"bg":120,"bgEntryType":0},
                    "estimatedDateTime":"2026-03-01T10:00:00Z"}],"clockChanges":[]}
                    """);

        public Task<SourceAccount> GetAccountAsync(CancellationToken cancellationToken) => _source.GetAccountAsync(cancellationToken);

        public Task<LogPage> GetLogPageAsync(string assignmentId, DateOnly firstDay, DateOnly lastDay, CancellationToken cancellationToken) =>
            _source.GetLogPageAsync(assignmentId, firstDay, lastDay, cancellationToken);
    }
}
