namespace TandemFetch.Engine.Source;

/// <summary>
/// Ends an exchange if the server has sent nothing for too long. Every part of the response restarts the timeout, so
/// that a slow connection with a large response gets the time it needs.
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
