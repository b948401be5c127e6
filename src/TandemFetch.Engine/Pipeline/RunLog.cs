using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Pipeline;

/// <summary>Records every run of a stage, including those that fail.</summary>
internal sealed class RunLog(TandemDatabase database, TimeProvider time)
{
    /// <summary>Runs a stage for a pump and records the result.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="pump">The pump.</param>
    /// <param name="work">The work. It checks its token between statements and is not interrupted within one.</param>
    /// <exception cref="TandemException">The stage failed; the run is recorded nevertheless.</exception>
    public async Task<PipelineRun> RecordAsync(PipelineStage stage, PumpRow pump, Func<Task<StageCount>> work)
    {
        var started = time.GetUtcNow();
        var clock = time.GetTimestamp();
        try
        {
            var count = await work().ConfigureAwait(false);
            return Save(new PipelineRun { RowsIn = count.In, RowsOut = count.Out, Outcome = PipelineOutcome.Completed });
        }
        catch (OperationCanceledException)
        {
            TrySave(new PipelineRun { Outcome = PipelineOutcome.Stopped });
            throw;
        }
        catch (Exception error)
        {
            var failure = Failure(error, stage, pump);
            TrySave(new PipelineRun { Outcome = PipelineOutcome.Failed, ErrorId = failure.ErrorId, Error = failure.Message });
            throw failure;
        }

        void TrySave(PipelineRun run)
        {
            try
            {
                Save(run);
            }
            catch (Exception error) when (error is TandemException or OperationCanceledException)
            {
                // The file cannot store even this row, for example because the disk is full. The user must see the
                // original failure.
            }
        }

        PipelineRun Save(PipelineRun run)
        {
            run = run with
            {
                Stage = stage,
                PumpSerial = pump.Label,
                Started = ZoneRules.Find(pump.TimeZone).ToLocal(started),
                DurationValue = time.GetElapsedTime(clock),
            };
            var id = database.Scalar<long>(
                SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.save_run.sql"),
                new
                {
                    stage = run.Stage.ToString(),
                    device = pump.DeviceAssignmentId,
                    started = started.UtcDateTime,
                    duration = (long)run.DurationValue.TotalMilliseconds,
                    run.RowsIn,
                    run.RowsOut,
                    outcome = run.Outcome.ToString(),
                    run.ErrorId,
                    run.Error,
                });
            return run with { Id = id };
        }
    }

    private static TandemException Failure(Exception error, PipelineStage stage, PumpRow pump) =>
        error as TandemException ?? new TandemException(
            PipelineErrors.StageFailed,
            TandemErrorKind.NotSpecified,
            $"{stage} of pump {pump.Label} failed: {Sentence.Of(error)} What was finished is kept; run Invoke-TandemBackfill again to continue.",
            pump.Label,
            error);
}
