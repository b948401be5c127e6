using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Reliability;

/// <summary>A backfill that is stopped, and two at the same time.</summary>
public sealed class StopTests : IDisposable
{
    private readonly SyntheticLog _log = SyntheticLog.Of(seed: 11, days: LongRun.IsAsked ? 30 : 8, sparse: false);
    private readonly TestDatabase _clean = new();
    private readonly TestDatabase _file = new();

    public void Dispose()
    {
        _clean.Dispose();
        _file.Dispose();
    }

    [Theory]
    [InlineData("INTERRUPT Error: Interrupted!")]
    [InlineData("Failed to append: Interrupted!")]
    public void An_interrupted_statement_is_no_failure_of_the_file(string message) =>
        Assert.IsType<OperationCanceledException>(DatabaseFailure.Of(message, "tandem.db"));

    [Fact]
    public async Task A_run_that_is_stopped_anywhere_leaves_no_file_open_and_the_next_run_goes_on()
    {
        await _clean.BackfillAsync(_log.Serving(_log.Entries.Values));
        var undisturbed = new EventTrigger(0, () => { });
        Assert.True(await RunAsync(_clean, new BackfillRequest { Rebuild = true }, undisturbed, CancellationToken.None));
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}: stops at one of {undisturbed.Count} reports");
        var random = new Random(seed);
        var stopped = 0;

        for (var round = 0; round < (LongRun.IsAsked ? 100 : 5); round++)
        {
            // The first round stops at the start of a run, so that one is certain to be stopped.
            var at = round == 0 ? 1 : random.Next(1, undisturbed.Count + 1);
            using var stop = new CancellationTokenSource();
            var trigger = new EventTrigger(at, () => CancelSoon(stop, round == 0 ? 0 : random.Next(5_000_000)));
            stopped += await RunAsync(_file, new BackfillRequest { Rebuild = round % 2 == 1 }, trigger, stop.Token) ? 0 : 1;
            Assert.Equal(0, OpenFiles.Count(_file.Path));
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{stopped} runs stopped before their end");
        Assert.True(stopped > 0);
        await _file.BackfillAsync(_log.Serving(_log.Entries.Values));
        await SameTables.AssertAsync(_clean, _file);
    }

    [Fact]
    public async Task Two_backfills_of_one_process_take_turns()
    {
        await _clean.BackfillAsync(_log.Serving(_log.Entries.Values));

        await Task.WhenAll(
            Task.Run(() => _file.BackfillAsync(_log.Serving(_log.Entries.Values)), TestContext.Current.CancellationToken),
            Task.Run(() => _file.BackfillAsync(_log.Serving(_log.Entries.Values)), TestContext.Current.CancellationToken));

        await SameTables.AssertAsync(_clean, _file);
    }

    [Fact]
    public async Task A_second_writer_of_one_process_that_does_not_want_to_wait_is_reported()
    {
        using var first = await _file.OpenAsync();

        var problem = await Assert.ThrowsAsync<TandemException>(
            () => DatabaseFile.OpenAsync(_file.Path, DatabaseAccess.Write, TimeSpan.Zero, TestContext.Current.CancellationToken));

        Assert.Equal(DatabaseErrors.Locked, problem.ErrorId);
        Assert.Contains($"PID {Environment.ProcessId}", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Stops a run at once, or a little later from another thread, possibly in the middle of a statement.
    /// </summary>
    private static void CancelSoon(CancellationTokenSource stop, int turns)
    {
        if (turns == 0)
        {
            stop.Cancel();
            return;
        }

        ThreadPool.QueueUserWorkItem(_ =>
        {
            Thread.SpinWait(turns);
            Record.Exception(stop.Cancel);
        });
    }

    /// <returns>Whether it ran to its end.</returns>
    private async Task<bool> RunAsync(
        TestDatabase file, BackfillRequest request, IRunObserver observer, CancellationToken cancellationToken)
    {
        var source = _log.Serving(_log.Entries.Values);
        request = request with { TimeZone = TestDatabase.Zone };
        try
        {
            var account = await source.GetAccountAsync(cancellationToken);
            using var database = await DatabaseFile.OpenAsync(file.Path, DatabaseAccess.Write, TimeSpan.Zero, cancellationToken);
            var backfill = new Backfill(database, observer, TimeProvider.System);
            await Task.Run(
                async () =>
                {
                    await foreach (var run in backfill.RunAsync(request, source, account, failure => throw failure, cancellationToken))
                    {
                        Assert.NotNull(run);
                    }
                },
                CancellationToken.None);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
