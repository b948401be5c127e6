namespace TandemFetch.Engine.Tests.Support;

/// <summary>Acts once, when a run has sent this many messages.</summary>
internal sealed class EventTrigger(int at, Action act) : IRunObserver
{
    private int _count;

    /// <summary>The number of messages so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    public void Progress(RunProgress progress) => Next();

    /// <inheritdoc/>
    public void Verbose(string message) => Next();

    /// <inheritdoc/>
    public void Debug(string message) => Next();

    /// <inheritdoc/>
    public void Warning(string message) => Next();

    private void Next()
    {
        if (Interlocked.Increment(ref _count) == at)
        {
            act();
        }
    }
}
