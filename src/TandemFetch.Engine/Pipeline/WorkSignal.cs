using System.Threading.Channels;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// Signals from a stage to the next while both run: that more has been committed, and finally that there will be no
/// more.
/// </summary>
internal sealed class WorkSignal
{
    // However often it is set while the next stage is busy, the next stage checks once.
    private readonly Channel<bool> _told = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private volatile bool _isAwaited;

    /// <summary>
    /// Whether the next stage has nothing left to do, so that what is pending should be committed soon.
    /// </summary>
    public bool IsAwaited => _isAwaited;

    /// <summary>Signals that more has been committed.</summary>
    public void Raise() => _told.Writer.TryWrite(true);

    /// <summary>Signals that there will be no more.</summary>
    public void End() => _told.Writer.TryComplete();

    /// <summary>Waits until more has been committed.</summary>
    /// <returns>False if every signal has been waited for and there will be no more.</returns>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        _isAwaited = true;
        var isMore = await _told.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) && _told.Reader.TryRead(out _);
        _isAwaited = false;
        return isMore;
    }
}
