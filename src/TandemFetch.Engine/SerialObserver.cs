namespace TandemFetch.Engine;

/// <summary>Serializes the messages of stages that run side by side.</summary>
internal sealed class SerialObserver(IRunObserver observer) : IRunObserver
{
    private readonly object _turn = new();

    /// <inheritdoc/>
    public void Progress(RunProgress progress)
    {
        lock (_turn)
        {
            observer.Progress(progress);
        }
    }

    /// <inheritdoc/>
    public void Verbose(string message)
    {
        lock (_turn)
        {
            observer.Verbose(message);
        }
    }

    /// <inheritdoc/>
    public void Debug(string message)
    {
        lock (_turn)
        {
            observer.Debug(message);
        }
    }

    /// <inheritdoc/>
    public void Warning(string message)
    {
        lock (_turn)
        {
            observer.Warning(message);
        }
    }
}
