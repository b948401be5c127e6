using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Pipeline;

/// <summary>The timing of a watch, on a clock that is set by hand.</summary>
public sealed class SourceWatchTests : IAsyncDisposable
{
    private const string Device = "device-90556643";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly TestDatabase _file = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 4, 20, 12, 0, 0, TimeSpan.Zero));
    private readonly ChangingSource _source = new();

    [Fact]
    public async Task It_fetches_at_once_and_then_only_after_an_upload()
    {
        await using var cycles = Start();

        Assert.True((await NextAsync(cycles)).Cycle.Fetched);
        Assert.False((await NextAsync(cycles)).Cycle.Fetched);
        _source.Upload(new DateTime(2026, 4, 20, 8, 10, 0), 2);
        var third = (await NextAsync(cycles)).Cycle;

        Assert.True(third.Fetched);
        Assert.Equal(1, third.NewEntries);
        Assert.Equal(2, _source.PagesServed);
    }

    [Fact]
    public async Task Cycles_begin_at_the_interval_whatever_the_wall_clock_does()
    {
        await using var cycles = Start();
        var first = (await NextAsync(cycles)).Cycle;

        var next = cycles.MoveNextAsync().AsTask();
        _time.Advance(Interval - TimeSpan.FromSeconds(1));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await next;

        Assert.Equal(first.Started + Interval, cycles.Current.Cycle.Started);
        Assert.Equal(first.NextCycle, cycles.Current.Cycle.Started);
    }

    [Fact]
    public async Task The_file_is_closed_between_cycles()
    {
        await using var cycles = Start();
        await NextAsync(cycles);

        using var other = await _file.OpenAsync();
        Assert.Equal(1, other.Scalar<long>("SELECT count(*) FROM raw_events"));
    }

    [Fact]
    public async Task A_failed_fetch_is_survived_and_made_up_for()
    {
        _source.Failure = new TandemException(SourceErrors.ServerFailed, TandemErrorKind.Connection, "no");
        await using var cycles = Start();

        var failed = await NextAsync(cycles);
        _source.Failure = null;
        _source.PageFailure = new TandemException(SourceErrors.ServerFailed, TandemErrorKind.Connection, "no page");
        var halfway = await NextAsync(cycles);
        _source.PageFailure = null;
        var mended = await NextAsync(cycles);

        Assert.Equal((SourceErrors.ServerFailed, "no"), (failed.Cycle.ErrorId, failed.Failure!.Message));
        Assert.Equal(SourceErrors.ServerFailed, halfway.Cycle.ErrorId);
        Assert.Equal((null, true, 1), (mended.Cycle.ErrorId, mended.Cycle.Fetched, mended.Cycle.NewEntries));
    }

    [Fact]
    public async Task An_unexpected_failure_is_survived()
    {
        _source.Failure = new InvalidOperationException("a bug");
        await using var cycles = Start();

        var failed = await NextAsync(cycles);
        _source.Failure = new TaskCanceledException("a timeout of the framework");
        var timedOut = await NextAsync(cycles);
        _source.Failure = null;
        var mended = await NextAsync(cycles);

        Assert.Equal(PipelineErrors.CycleFailed, failed.Cycle.ErrorId);
        Assert.Contains("a bug", failed.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(PipelineErrors.CycleFailed, timedOut.Cycle.ErrorId);
        Assert.Equal((null, 1), (mended.Cycle.ErrorId, mended.Cycle.NewEntries));
    }

    [Fact]
    public async Task A_failed_sign_in_is_followed_by_a_longer_pause()
    {
        _source.Failure = new TandemException(SourceErrors.SignInFailed, TandemErrorKind.Authentication, "no");
        await using var cycles = Start(TimeSpan.FromMinutes(1));
        var pauses = new List<TimeSpan>();
        for (var cycle = 0; cycle < 4; cycle++)
        {
            var step = (await NextAsync(cycles)).Cycle;
            pauses.Add(step.NextCycle!.Value - step.Started);
        }

        Assert.Equal([1.0, 1.0, 2.0, 4.0], pauses.Select(pause => pause.TotalMinutes));
    }

    [Fact]
    public async Task A_rejected_password_is_not_sent_again()
    {
        _source.Failure = new TandemException(SourceErrors.SignInRejected, TandemErrorKind.Authentication, "no");
        await using var cycles = Start();

        var end = await Assert.ThrowsAsync<TandemException>(async () => await cycles.MoveNextAsync());

        Assert.Equal(SourceErrors.SignInRejected, end.ErrorId);
    }

    [Fact]
    public async Task It_can_be_stopped_while_it_waits()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var cycles = Start(cancellationToken: stop.Token);
        await NextAsync(cycles);

        var next = cycles.MoveNextAsync().AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task It_ends_after_the_count()
    {
        await using var cycles = Start(count: 1);

        Assert.Null((await NextAsync(cycles)).Cycle.NextCycle);
        Assert.False(await cycles.MoveNextAsync());
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private IAsyncEnumerator<WatchStep> Start(TimeSpan? interval = null, int? count = null, CancellationToken? cancellationToken = null)
    {
        var watch = new SourceWatch(
            _file.Path,
            [],
            _ => Task.FromResult(new WatchedSource(_source, TestDatabase.Zone, null)),
            TimeSpan.FromSeconds(10),
            SilentObserver.Instance,
            _time);
        var token = cancellationToken ?? TestContext.Current.CancellationToken;
        return watch.RunAsync(interval ?? Interval, count, token).GetAsyncEnumerator(token);
    }

    /// <summary>The next cycle; if the watch waits for it, the time passes.</summary>
    private async Task<WatchStep> NextAsync(IAsyncEnumerator<WatchStep> cycles)
    {
        var next = cycles.MoveNextAsync().AsTask();
        while (!next.IsCompleted && _waiting is { } due)
        {
            _time.Advance(due - _time.GetUtcNow());
            break;
        }

        Assert.True(await next);
        _waiting = cycles.Current.Cycle.NextCycle;
        return cycles.Current;
    }

    private DateTimeOffset? _waiting;

    /// <summary>One pump whose log grows when it uploads.</summary>
    private sealed class ChangingSource : ILogSource
    {
        private DateTime _newest = new(2026, 4, 20, 8, 0, 0);
        private int _entries = 1;

        public Exception? Failure { get; set; }

        public TandemException? PageFailure { get; set; }

        public int PagesServed { get; private set; }

        public void Upload(DateTime newest, int entries) => (_newest, _entries) = (newest, entries);

        public Task<SourceAccount> GetAccountAsync(CancellationToken cancellationToken) => Failure is { } failure
            ? Task.FromException<SourceAccount>(failure)
            : Task.FromResult(new SourceAccount(
                Regions.US,
                [StubSource.Pump(Device, new DateTime(2026, 4, 20, 7, 0, 0), _newest, new DateTimeOffset(_newest, TimeSpan.FromHours(-4)))]));

        public Task<LogPage> GetLogPageAsync(string assignmentId, DateOnly firstDay, DateOnly lastDay, CancellationToken cancellationToken)
        {
            if (PageFailure is { } failure)
            {
                return Task.FromException<LogPage>(failure);
            }

            PagesServed++;
            var events = Enumerable.Range(1, _entries).Select(number => (JsonNode)new JsonObject
            {
                ["deviceAssignmentId"] = Device,
                ["eventCode"] = 256,
                ["sequenceGroup"] = 0,
                ["sequenceNumber"] = number,
                ["pumpDateTime"] = $"2026-04-20T07:{number:00}:00",
                ["eventProperties"] = new JsonObject(),
                ["estimatedDateTime"] = $"2026-04-20T07:{number:00}:00Z",
            });
            return new StubSource([], (_, _, _) => new JsonObject { ["events"] = new JsonArray([.. events]), ["clockChanges"] = new JsonArray() }.ToJsonString())
                .GetLogPageAsync(assignmentId, firstDay, lastDay, cancellationToken);
        }
    }
}
