namespace TandemFetch.Engine.Source;

/// <summary>
/// Ends an exchange when the server has been silent for too long. Every piece of the answer starts the time anew, so
/// that a slow line with a large answer is given the time it needs.
/// </summary>
internal sealed class IdleTimeout : IDisposable
{
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _linked;
    private readonly TimeSpan _limit;

    public IdleTimeout(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _limit = limit;
        _silence = new CancellationTokenSource(limit, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_silence.Token, cancellationToken);
    }

    public CancellationToken Token => _linked.Token;

    public bool IsOver => _silence.IsCancellationRequested;

    public void Reset() => _silence.CancelAfter(_limit);

    public void Dispose()
    {
        _linked.Dispose();
        _silence.Dispose();
    }
}
