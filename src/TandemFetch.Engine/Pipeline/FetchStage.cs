using System.Threading.Channels;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// From Tandem Source into <c>raw_events</c>: the next response is fetched and split while the last one is stored.
/// </summary>
internal sealed class FetchStage(TandemDatabase database, ILogSource source, IRunObserver observer, TimeProvider time)
{
    // At most this much of a fetch is lost if the process is killed.
    private static readonly TimeSpan LongestUncommitted = TimeSpan.FromSeconds(10);

    /// <summary>Fetches the days that a plan requires, until there are no more.</summary>
    public async Task<StageCount> RunAsync(
        SourcePump pump,
        FetchPlan plan,
        WorkSignal fetched,
        StageProgress progress,
        CancellationToken cancellationToken)
    {
        using var writer = new WindowWriter(database, time);
        var count = default(StageCount);
        var (settings, newest) = ((IReadOnlyList<ClockSetting>)[], 0L);
        while (plan.Next(Settings()) is { Count: > 0 } days)
        {
            progress.Expect(days.Sum(run => run.Days));
            count += await FetchAsync(pump, plan, days, writer, progress, count, fetched, cancellationToken).ConfigureAwait(false);
        }

        if (plan.Reached is { } mark)
        {
            FetchHistory.Save(database, pump.AssignmentId, mark);
        }

        return count;

        // Read again only if the responses brought more of them.
        IReadOnlyList<ClockSetting> Settings()
        {
            var now = ClockSettings.Newest(database, pump.AssignmentId);
            if (now != newest)
            {
                (settings, newest) = (ClockSettings.Read(database, pump.AssignmentId), now);
            }

            return settings;
        }
    }

    private async Task<StageCount> FetchAsync(
        SourcePump pump,
        FetchPlan plan,
        IReadOnlyList<DayRange> days,
        WindowWriter writer,
        StageProgress progress,
        StageCount before,
        WorkSignal fetched,
        CancellationToken cancellationToken)
    {
        var count = default(StageCount);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var windows = Channel.CreateUnbounded<FetchedWindow>();
        using var room = new SemaphoreSlim(1);
        var fetching = FetchAllAsync(pump.AssignmentId, days, windows.Writer, room, stop.Token);
        var committed = time.GetTimestamp();
        var isWhole = true;
        try
        {
            await foreach (var window in windows.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                isWhole = false;
                using (window)
                {
                    var news = writer.Write(pump.AssignmentId, window.Answer.Json, window.Page, plan.Mark);
                    writer.Write(pump.AssignmentId, window.Days, plan.Record(window.Days, news));
                    count += new StageCount(window.Page.Entries.Count, news.Added);
                    Report(pump, window, news.Added);
                    var all = before + count;
                    progress.Advance(window.Days.Days, $"{window.Days}, {all.In:N0} entries, {all.Out:N0} new");
                }

                isWhole = true;
                room.Release();

                // A transaction of a single response would leave row groups and blocks half empty.
                var enough = fetched.IsAwaited ? RowGroup.Rows * 3 : RowGroup.RowsPerTransaction;
                if (writer.Pending >= enough || time.GetElapsedTime(committed) > LongestUncommitted)
                {
                    Commit();
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

            // However the fetch ends, what has arrived is kept, except for a response that could not be stored.
            if (isWhole)
            {
                Commit();
            }
        }

        return count;

        void Commit()
        {
            writer.Commit();
            fetched.Raise();
            committed = time.GetTimestamp();
        }
    }

    private async Task FetchAllAsync(
        string assignmentId,
        IReadOnlyList<DayRange> days,
        ChannelWriter<FetchedWindow> windows,
        SemaphoreSlim room,
        CancellationToken cancellationToken)
    {
        // This runs off the caller's thread: splitting a response takes time, and it is done while the previous
        // response is stored.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        Exception? failure = null;
        try
        {
            var fetcher = new WindowFetcher(source, assignmentId, observer);
            await foreach (var window in fetcher.FetchAsync(days, cancellationToken).ConfigureAwait(false))
            {
                await windows.WriteAsync(window, cancellationToken).ConfigureAwait(false);

                // A response takes up to 16 MB. One is being stored and one is ready or on its way, no more.
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
        observer.Verbose(
            $"Pump {pump.Label}, {window.Days}: {Quantity.Of(window.Page.Entries.Count, "entry", "entries")} received, "
            + $"{added:N0} new.");
        if (window.Page.Rejected.Count > 0)
        {
            observer.Warning(
                $"Pump {pump.Label}, {window.Days}: "
                + $"{Quantity.Of(window.Page.Rejected.Count, "malformed entry", "malformed entries")}, "
                + "kept in bookkeeping.rejected_entries.");
        }
    }
}
