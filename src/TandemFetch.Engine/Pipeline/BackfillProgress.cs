using TandemFetch.Records;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// The progress of a whole run: a bar for all pumps and stages, and below it one for each stage of the pump that is
/// being processed. No bar ever goes back, and each ends once.
/// </summary>
/// <param name="observer">Receives the progress.</param>
/// <param name="time">Clock.</param>
/// <param name="pumps">Number of pumps, as far as it is known before the run.</param>
internal sealed class BackfillProgress(IRunObserver observer, TimeProvider time, int pumps)
{
    private const string Activity = "Backfill";

    // Bars are drawn in percent; a tenth of that is enough for the time that remains.
    private const int Parts = 1000;

    private readonly object _turn = new();
    private readonly long _started = time.GetTimestamp();
    private readonly Dictionary<StageProgress, long> _stages = [];
    private PumpRow? _pump;
    private int _finished;
    private double _fraction;

    /// <summary>Begins a pump.</summary>
    /// <param name="pump">The pump.</param>
    /// <param name="stages">Its stages in the order of the data flow.</param>
    /// <returns>The progress of each stage.</returns>
    public IReadOnlyDictionary<PipelineStage, StageProgress> Begin(PumpRow pump, IEnumerable<PipelineStage> stages)
    {
        lock (_turn)
        {
            _pump = pump;
            _stages.Clear();
            StageProgress? source = null;
            foreach (var stage in stages)
            {
                source = new StageProgress(this, stage, pump, source);
                _stages.Add(source, time.GetTimestamp());
            }

            ReportAll();
            foreach (var stage in _stages.Keys)
            {
                Report(stage);
            }

            return _stages.Keys.ToDictionary(stage => stage.Stage);
        }
    }

    /// <summary>The pump is done, whether or not its stages succeeded.</summary>
    public void EndPump()
    {
        lock (_turn)
        {
            _finished++;
            _stages.Clear();
            ReportAll();
        }
    }

    /// <summary>All pumps are done.</summary>
    public void End()
    {
        lock (_turn)
        {
            observer.Progress(new RunProgress(Activity, "Done", Parts, Parts, TimeSpan.Zero));
        }
    }

    /// <summary>Changes the progress of a stage, and reports it.</summary>
    internal void Change(StageProgress stage, Action change)
    {
        lock (_turn)
        {
            if (stage.IsFinished || !_stages.ContainsKey(stage))
            {
                return;
            }

            change();
            Report(stage);
            ReportAll();
        }
    }

    private void Report(StageProgress stage) => observer.Progress(
        new RunProgress(
            stage.Activity,
            stage.Status,
            stage.IsFinished ? Parts : Part(stage.Fraction),
            Parts,
            Remaining(_stages[stage], stage.Fraction))
        {
            Parent = Activity,
        });

    private void ReportAll()
    {
        var ofPump = _stages.Count > 0 ? _stages.Keys.Average(stage => stage.Fraction) : 0;
        var begun = _finished + (_stages.Count > 0 ? 1 : 0);
        var all = Math.Max(pumps, begun);
        _fraction = Math.Max(_fraction, (_finished + ofPump) / Math.Max(all, 1));
        var running = string.Join(", ", _stages.Keys.Where(stage => !stage.IsFinished).Select(stage => stage.Stage));
        observer.Progress(new RunProgress(
            Activity,
            $"Pump {_pump?.Label}, {begun} of {all}{(running.Length > 0 ? ": " : "")}{running}",
            Part(_fraction),
            Parts,
            Remaining(_started, _fraction)));
    }

    // A bar that is full is one that has ended.
    private static int Part(double fraction) => Math.Min((int)(fraction * Parts), Parts - 1);

    private TimeSpan? Remaining(long started, double fraction) =>
        fraction > 0 ? time.GetElapsedTime(started) * ((1 - fraction) / fraction) : null;
}
