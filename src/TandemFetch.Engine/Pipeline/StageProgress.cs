namespace TandemFetch.Engine.Pipeline;

/// <summary>Tells how far a stage has come and how long the rest will take.</summary>
internal sealed class StageProgress(IRunObserver observer, TimeProvider time, string activity, int total)
{
    private readonly long _started = time.GetTimestamp();
    private int _done;

    public void Advance(int units, string status)
    {
        _done += units;
        var elapsed = time.GetElapsedTime(_started);
        TimeSpan? remaining = _done > 0 && total >= _done ? elapsed * ((double)(total - _done) / _done) : null;
        observer.Progress(new RunProgress(activity, status, _done, total, remaining) { Parent = Backfill.Activity });
    }
}
