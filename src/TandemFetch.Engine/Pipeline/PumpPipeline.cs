using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// Runs the stages of one pump side by side: each stage processes what the previous one commits while that one
/// continues. Each has its own thread and connection, so that a long run keeps all cores busy.
/// </summary>
/// <param name="database">A file that is open for writing.</param>
/// <param name="observer">Receives progress and messages, one at a time.</param>
/// <param name="time">Clock.</param>
internal sealed class PumpPipeline(TandemDatabase database, IRunObserver observer, TimeProvider time)
{
    private readonly object _sharing = new();
    private int _running;

    /// <summary>Runs the stages and returns one run for each, in the order of the data flow.</summary>
    /// <param name="pump">The pump.</param>
    /// <param name="request">Which stages, and whether to run them again on all of their input.</param>
    /// <param name="fetch">
    /// Fetches into the given file and signals what it has committed; null if Fetch is not among the stages.
    /// </param>
    /// <param name="progress">Receives the progress of the stages.</param>
    /// <param name="cancellationToken">Stops; what has been committed is kept.</param>
    /// <exception cref="TandemException">A stage failed. The others have finished what they had.</exception>
    public async IAsyncEnumerable<PipelineRun> RunAsync(
        PumpRow pump,
        BackfillRequest request,
        Func<TandemDatabase, WorkSignal, StageProgress, CancellationToken, Task<StageCount>>? fetch,
        BackfillProgress progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var fetched = new WorkSignal();
        var parsed = new WorkSignal();
        List<Task<PipelineRun>> running = [];
        var bars = progress.Begin(
            pump, request.Stages.Distinct().Order().Where(stage => stage != PipelineStage.Fetch || fetch is not null));
        try
        {
            if (Wants(PipelineStage.Derive))
            {
                new PumpSettingsStore(database).Mend(request.Rebuild);
            }

            ShareThreads(request.Stages.Distinct().Count());
            Start(PipelineStage.Fetch, fetched, fetch is null ? null : Fetch());
            Start(PipelineStage.Parse, parsed, Wants(PipelineStage.Parse) ? Parse() : null);
            Start(PipelineStage.Derive, new WorkSignal(), Wants(PipelineStage.Derive) ? Derive() : null);

            ExceptionDispatchInfo? failure = null;
            foreach (var stage in running)
            {
                await ((Task)stage).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (stage.IsCompletedSuccessfully)
                {
                    yield return await stage.ConfigureAwait(false);
                }
                else
                {
                    failure ??= ExceptionDispatchInfo.Capture(stage.Exception?.InnerException ?? new OperationCanceledException(stop.Token));
                }
            }

            failure?.Throw();
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            progress.EndPump();
        }

        bool Wants(PipelineStage stage) => request.Stages.Contains(stage);

        Func<TandemDatabase, Task<StageCount>> Fetch() =>
            session => fetch(session, fetched, bars[PipelineStage.Fetch], stop.Token);

        // What a rebuild deletes is deleted before any stage begins, so that none works on rows that are about to
        // disappear.
        Func<TandemDatabase, Task<StageCount>> Parse()
        {
            new ParseStage(database, observer, time).Prepare(pump, request.Rebuild);
            return session => new ParseStage(session, observer, time)
                .RunAsync(pump, fetched, parsed, bars[PipelineStage.Parse], stop.Token);
        }

        Func<TandemDatabase, Task<StageCount>> Derive()
        {
            new DeriveStage(database, observer).Prepare(pump, request.Rebuild);
            return session => new DeriveStage(session, observer)
                .RunAsync(pump, parsed, bars[PipelineStage.Derive], stop.Token);
        }

        void Start(PipelineStage stage, WorkSignal told, Func<TandemDatabase, Task<StageCount>>? work)
        {
            if (work is null)
            {
                told.End();
                return;
            }

            running.Add(Task.Run(() => RecordAsync(bars[stage], pump, told, work), CancellationToken.None));
        }
    }

    /// <summary>
    /// Stages that run side by side keep the cores busy by themselves; DuckDB's threads would poll for work, which
    /// takes a tenth of all processor time. The last stage gets all threads.
    /// </summary>
    private void ShareThreads(int change)
    {
        lock (_sharing)
        {
            _running += change;
            try
            {
                database.UseThreads(_running > 1 ? 1 : ThreadCount.For(database.Path, DatabaseAccess.Write));
            }
            catch (TandemException)
            {
                // The file has a problem; the stage that found it reports it, and its error must not be replaced by
                // another.
            }
        }
    }

    private async Task<PipelineRun> RecordAsync(
        StageProgress progress,
        PumpRow pump,
        WorkSignal told,
        Func<TandemDatabase, Task<StageCount>> work)
    {
        try
        {
            using var session = database.OpenSession();
            return await new RunLog(session, time)
                .RecordAsync(progress.Stage, pump, () => RunAsync(progress.Stage, session, work))
                .ConfigureAwait(false);
        }
        finally
        {
            progress.Finish();
            told.End();
            ShareThreads(-1);
        }
    }

    /// <summary>
    /// Runs a stage. If the pipeline's memory does not suffice, the stage gets that of queries and continues after what
    /// it has committed.
    /// </summary>
    private async Task<StageCount> RunAsync(
        PipelineStage stage,
        TandemDatabase session,
        Func<TandemDatabase, Task<StageCount>> work)
    {
        try
        {
            return await work(session).ConfigureAwait(false);
        }
        catch (TandemException failure) when (failure.ErrorId == DatabaseErrors.OutOfMemory)
        {
            observer.Verbose($"{stage} needs more memory than usual and continues with more. {failure.Message}");
            lock (_sharing)
            {
                database.UseMemoryOfQueries();
            }

            return await work(session).ConfigureAwait(false);
        }
    }
}
