namespace TandemFetch.Engine.Tests.Support;

/// <summary>Acts once, when a run has reported so many things.</summary>
internal sealed class EventTrigger(int at, Action act) : IRunObserver
{
    private int _count;

    /// <summary>How many things were reported.</summary>
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
