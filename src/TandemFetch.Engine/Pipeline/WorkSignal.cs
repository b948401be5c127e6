using System.Threading.Channels;

namespace TandemFetch.Engine.Pipeline;

/// <summary>What a stage tells the next one while both run: that more is committed, and at last that there will be no more.</summary>
internal sealed class WorkSignal
{
    // However often it is told while the next stage is busy, the next stage looks once.
    private readonly Channel<bool> _told = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private volatile bool _isAwaited;

    /// <summary>Whether the next stage has nothing left to do, so that what is there should be committed for it soon.</summary>
    public bool IsAwaited => _isAwaited;

    /// <summary>Tells that more is committed.</summary>
    public void Raise() => _told.Writer.TryWrite(true);

    /// <summary>Tells that no more will come.</summary>
    public void End() => _told.Writer.TryComplete();

    /// <summary>Waits until more is committed.</summary>
    /// <returns>False when all that was told has been waited for and no more will come.</returns>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        _isAwaited = true;
        var isMore = await _told.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) && _told.Reader.TryRead(out _);
        _isAwaited = false;
        return isMore;
    }
}
