using System.Threading.Channels;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>From Tandem Source into <c>raw_events</c>: the next answer is fetched and split while the last one is stored.</summary>
internal sealed class FetchStage(TandemDatabase database, ILogSource source, IRunObserver observer, TimeProvider time)
{
    /// <summary>Fetches the days that one pump still misses.</summary>
    public async Task<StageCount> RunAsync(
        SourcePump pump, IReadOnlyList<DayRange> missing, StageSignal fetched, CancellationToken cancellationToken)
    {
        var newestDay = DateOnly.FromDateTime(pump.LastEvent!.Value);
        using var writer = new WindowWriter(database, time);
        var progress = new StageProgress(observer, time, $"Fetch pump {pump.SerialNumber}");
        progress.Expect(missing.Sum(run => run.Days));
        var count = default(StageCount);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var windows = Channel.CreateUnbounded<FetchedWindow>();
        using var room = new SemaphoreSlim(1);
        var fetching = FetchAllAsync(pump.AssignmentId, missing, windows.Writer, room, stop.Token);
        try
        {
            await foreach (var window in windows.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                using (window)
                {
                    var added = writer.Write(pump.AssignmentId, window.Answer.Json, window.Page, Done(window.Days, newestDay));
                    count += new StageCount(window.Page.Entries.Count, added);
                    Report(pump, window, added);
                    progress.Advance(window.Days.Days, $"{window.Days}, {count.In:N0} entries, {count.Out:N0} new");
                }

                room.Release();

                // Nothing waits for a slow server: what is stored is committed unless the next answer is there already.
                var enough = fetched.IsAwaited ? Schema.RowsPerTransaction / 4 : Schema.RowsPerTransaction;
                if (writer.Pending >= enough || !windows.Reader.TryPeek(out _))
                {
                    writer.Commit();
                    fetched.Raise();
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await fetching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (windows.Reader.TryRead(out var unused))
            {
                unused.Dispose();
            }
        }

        return count;
    }

    private async Task FetchAllAsync(
        string assignmentId,
        IReadOnlyList<DayRange> missing,
        ChannelWriter<FetchedWindow> windows,
        SemaphoreSlim room,
        CancellationToken cancellationToken)
    {
        // Off the caller's thread: splitting an answer is work, and it is done while the answer before it is stored.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        Exception? failure = null;
        try
        {
            var fetcher = new WindowFetcher(source, assignmentId, observer);
            await foreach (var window in fetcher.FetchAsync(missing, cancellationToken).ConfigureAwait(false))
            {
                await windows.WriteAsync(window, cancellationToken).ConfigureAwait(false);

                // An answer takes up to 16 MB: one is stored and one is ready or on its way, no more.
                await room.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            failure = error;
        }

        windows.Complete(failure);
    }

    private void Report(SourcePump pump, FetchedWindow window, long added)
    {
        observer.Verbose($"Pump {pump.SerialNumber}, {window.Days}: {window.Page.Entries.Count:N0} entries received, {added:N0} new.");
        if (window.Page.Rejected.Count > 0)
        {
            observer.Warning(
                $"Pump {pump.SerialNumber}, {window.Days}: {window.Page.Rejected.Count} malformed entries are kept in rejected_entries.");
        }
    }

    /// <summary>Days are done only before the newest entry's day: that day goes on.</summary>
    private static DayRange? Done(DayRange window, DateOnly newestDay)
    {
        var last = window.Last < newestDay ? window.Last : newestDay.AddDays(-1);
        return last >= window.First ? window with { Last = last } : null;
    }
}
