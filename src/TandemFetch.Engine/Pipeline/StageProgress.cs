namespace TandemFetch.Engine.Pipeline;

/// <summary>Reports the progress of a stage and estimates the remaining time.</summary>
internal sealed class StageProgress(IRunObserver observer, TimeProvider time, string activity)
{
    private readonly long _started = time.GetTimestamp();
    private int _done;
    private int _total;

    /// <summary>The amount of work that remains, as far as it is known now.</summary>
    public void Expect(int units) => _total = _done + units;

    public void Advance(int units, string status)
    {
        _done += units;
        var elapsed = time.GetElapsedTime(_started);
        TimeSpan? remaining = _done > 0 && _total >= _done ? elapsed * ((double)(_total - _done) / _done) : null;
        observer.Progress(new RunProgress(activity, status, _done, _total, remaining) { Parent = Backfill.Activity });
    }
}
