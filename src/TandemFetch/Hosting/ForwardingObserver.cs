using TandemFetch.Engine;

namespace TandemFetch.Hosting;

/// <summary>
/// Forwards to whichever command is using a session at the moment; a session outlives the command that opened it.
/// </summary>
internal sealed class ForwardingObserver : IRunObserver
{
    private IRunObserver _target = SilentObserver.Instance;

    /// <summary>Forwards to a command's observer until the result is disposed.</summary>
    public IDisposable To(IRunObserver target)
    {
        _target = target;
        return new Link(this);
    }

    /// <inheritdoc/>
    public void Progress(RunProgress progress) => _target.Progress(progress);

    /// <inheritdoc/>
    public void Verbose(string message) => _target.Verbose(message);

    /// <inheritdoc/>
    public void Debug(string message) => _target.Debug(message);

    /// <inheritdoc/>
    public void Warning(string message) => _target.Warning(message);

    private sealed class Link(ForwardingObserver owner) : IDisposable
    {
        public void Dispose() => owner._target = SilentObserver.Instance;
    }
}
