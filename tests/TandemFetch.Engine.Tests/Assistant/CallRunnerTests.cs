using System.Diagnostics;
using System.Text.Json;
using TandemFetch.Engine.Assistant;
using TandemFetch.Engine.Assistant.Server;
using TandemFetch.Engine.Assistant.Worker;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Assistant;

/// <summary>The process of the calls: what ends it, and what does not.</summary>
public sealed class CallRunnerTests(AssistedFile file)
{
    private const string Endless = "SELECT count(*) FROM range(1000000000000) AS a";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_run_in_one_process_after_the_other()
    {
        using var runner = await RunnerAsync();
        await runner.PrepareAsync(Cancellation);
        var process = runner.ProcessId;

        Assert.NotEqual(Environment.ProcessId, process);
        Assert.Equal("[[42]]", RowsOf(await QueryAsync(runner, "SELECT 42")));
        Assert.Equal(AssistantErrors.Refused, (await QueryAsync(runner, "FROM raw_events")).ErrorId);
        Assert.Equal("[[43]]", RowsOf(await QueryAsync(runner, "SELECT 43")));
        Assert.Equal(process, runner.ProcessId);
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_ended_and_the_next_one_runs()
    {
        using var runner = await RunnerAsync(AssistedFile.Limits with { Deadline = TimeSpan.FromMilliseconds(300.0) });
        await runner.PrepareAsync(Cancellation);
        using var process = Process.GetProcessById(runner.ProcessId!.Value);

        var ended = await Assert.ThrowsAsync<TandemException>(() => QueryAsync(runner, Endless));

        Assert.Equal(AssistantErrors.Ended, ended.ErrorId);
        Assert.Contains("longer than 0.3 seconds", ended.Message, StringComparison.Ordinal);
        await process.WaitForExitAsync(Cancellation);
        using var next = await RunnerAsync();
        Assert.Equal("[[1]]", RowsOf(await QueryAsync(next, "SELECT 1")));
    }

    [Fact]
    public async Task A_call_that_takes_too_much_memory_is_ended_and_the_next_one_runs()
    {
        using var runner = await RunnerAsync(AssistedFile.Limits with { ResidentBytes = 1 << 20 });

        var ended = await Assert.ThrowsAsync<TandemException>(() => QueryAsync(runner, Endless));

        Assert.Equal(AssistantErrors.Ended, ended.ErrorId);
        Assert.Contains("more than 1 MB", ended.Message, StringComparison.Ordinal);
        Assert.Null(runner.ProcessId);
        await runner.PrepareAsync(Cancellation);
        Assert.NotNull(runner.ProcessId);
    }

    [Fact]
    public async Task A_process_that_is_killed_is_started_again()
    {
        using var runner = await RunnerAsync();
        await runner.PrepareAsync(Cancellation);
        using var first = Process.GetProcessById(runner.ProcessId!.Value);
        var running = QueryAsync(runner, Endless);

        first.Kill();

        Assert.Equal(AssistantErrors.Ended, (await Assert.ThrowsAsync<TandemException>(() => running)).ErrorId);
        Assert.Equal("[[1]]", RowsOf(await QueryAsync(runner, "SELECT 1")));
        using var second = Process.GetProcessById(runner.ProcessId!.Value);
        Assert.NotEqual(first.Id, second.Id);

        second.Kill();
        await second.WaitForExitAsync(Cancellation);

        Assert.Equal("[[2]]", RowsOf(await QueryAsync(runner, "SELECT 2")));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_is_ended()
    {
        using var runner = await RunnerAsync();
        await runner.PrepareAsync(Cancellation);
        using var cancel = new CancellationTokenSource();
        using var process = Process.GetProcessById(runner.ProcessId!.Value);
        var running = QueryAsync(runner, Endless, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal("[[1]]", RowsOf(await QueryAsync(runner, "SELECT 1")));
    }

    [Fact]
    public async Task The_process_ends_with_its_runner()
    {
        var runner = await RunnerAsync();
        await runner.PrepareAsync(Cancellation);
        using var process = Process.GetProcessById(runner.ProcessId!.Value);

        runner.Dispose();

        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.HasExited);
    }

    [Fact]
    public async Task While_another_process_writes_the_data_is_busy_and_later_it_is_not()
    {
        using var own = new TestDatabase();
        (await own.OpenAsync()).Dispose();
        using var runner = new CallRunner(
            new AssistantScope(own.Path), AssistedFile.Limits with { LockTimeout = TimeSpan.FromMilliseconds(200.0) });
        using (await DatabaseFile.OpenAsync(own.Path, DatabaseAccess.Write, TimeSpan.Zero, Cancellation))
        {
            var query = await QueryAsync(runner, "SELECT 1");
            var summary = await runner.CallAsync("glucose_summary", Arguments(new { }), Cancellation);

            Assert.Equal((AssistantErrors.Busy, PlainFailure.Busy), (query.ErrorId, query.Error));
            Assert.Equal((AssistantErrors.Busy, PlainFailure.Busy), (summary.ErrorId, summary.Error));
        }

        Assert.Equal("[[1]]", RowsOf(await QueryAsync(runner, "SELECT 1")));
    }

    [Fact]
    public async Task A_file_that_does_not_exist_is_reported_without_its_path()
    {
        var path = Path.Join(await file.FolderAsync(), "nothing-of-that-name.db");
        using var runner = new CallRunner(new AssistantScope(path), AssistedFile.Limits);

        var response = await QueryAsync(runner, "SELECT 1");

        Assert.Equal(DatabaseErrors.NotFound, response.ErrorId);
        Assert.DoesNotContain("nothing-of-that-name", response.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    private static JsonElement Arguments(object arguments) => JsonSerializer.SerializeToElement(arguments);

    private static Task<WorkerResponse> QueryAsync(
        CallRunner runner, string sql, CancellationToken? cancellationToken = null) =>
        runner.CallAsync("query", Arguments(new { sql }), cancellationToken ?? Cancellation);

    private static string RowsOf(WorkerResponse response) =>
        response.Result is { } result ? result.GetProperty("rows").GetRawText() : $"{response.ErrorId}: {response.Error}";

    private async Task<CallRunner> RunnerAsync(AssistantLimits? limits = null) =>
        new(await file.ScopeAsync(), limits ?? AssistedFile.Limits);
}
