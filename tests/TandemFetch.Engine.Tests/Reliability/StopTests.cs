using System.Diagnostics;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Reliability;

/// <summary>A backfill that is told to stop, and two that meet.</summary>
public sealed class StopTests : IDisposable
{
    private readonly SyntheticLog _log = SyntheticLog.Of(seed: 11, days: 30, sparse: false);
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
    public async Task Stopping_anywhere_ends_within_a_second_and_the_next_run_goes_on()
    {
        await _clean.BackfillAsync(_log.Serving(_log.Entries.Values));
        var clock = Stopwatch.StartNew();
        await _clean.BackfillAsync(_log.Serving(_log.Entries.Values), new BackfillRequest { Rebuild = true });
        var whole = clock.Elapsed;
        var random = new Random(4711);
        var longest = TimeSpan.Zero;
        var stopped = 0;

        for (var round = 0; round < (LongRun.IsAsked ? 100 : 8); round++)
        {
            using var stop = new CancellationTokenSource();
            var running = RunAsync(new BackfillRequest { TimeZone = TestDatabase.Zone, Rebuild = round % 2 == 1 }, stop.Token);
            await Task.WhenAny(running, Task.Delay(whole * random.NextDouble(), TestContext.Current.CancellationToken));
            clock.Restart();
            await stop.CancelAsync();
            stopped += await running ? 0 : 1;
            longest = clock.Elapsed > longest ? clock.Elapsed : longest;
            Assert.Equal(0, OpenFiles.Count(_file.Path));
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{stopped} runs stopped, the slowest to end took {longest.TotalMilliseconds:N0} ms");
        Assert.True(longest < TimeSpan.FromSeconds(1), $"A stop took {longest}.");
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
    public async Task A_second_writer_of_one_process_that_does_not_want_to_wait_is_told()
    {
        using var first = await _file.OpenAsync();

        var problem = await Assert.ThrowsAsync<TandemException>(
            () => TandemDatabase.OpenAsync(_file.Path, DatabaseAccess.Write, TimeSpan.Zero, TestContext.Current.CancellationToken));

        Assert.Equal(DatabaseErrors.Locked, problem.ErrorId);
        Assert.Contains($"PID {Environment.ProcessId}", problem.Message, StringComparison.Ordinal);
    }

    /// <returns>Whether it came to its end.</returns>
    private async Task<bool> RunAsync(BackfillRequest request, CancellationToken cancellationToken)
    {
        var source = _log.Serving(_log.Entries.Values);
        try
        {
            var account = await source.GetAccountAsync(cancellationToken);
            using var database = await TandemDatabase.OpenAsync(_file.Path, DatabaseAccess.Write, TimeSpan.Zero, cancellationToken);
            var backfill = new Backfill(database, SilentObserver.Instance, TimeProvider.System);
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
