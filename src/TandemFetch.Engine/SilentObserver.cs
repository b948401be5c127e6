namespace TandemFetch.Engine;

/// <summary>Discards all messages.</summary>
public sealed class SilentObserver : IRunObserver
{
    /// <summary>The only instance.</summary>
    public static readonly SilentObserver Instance = new();

    private SilentObserver()
    {
    }

    /// <inheritdoc/>
    public void Progress(RunProgress progress)
    {
    }

    /// <inheritdoc/>
    public void Verbose(string message)
    {
    }

    /// <inheritdoc/>
    public void Debug(string message)
    {
    }

    /// <inheritdoc/>
    public void Warning(string message)
    {
    }
}
