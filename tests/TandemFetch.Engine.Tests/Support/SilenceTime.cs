namespace TandemFetch.Engine.Tests.Support;

/// <summary>
/// The system's time for a client and its sandbox, except that the client considers the server silent exactly when the
/// sandbox holds a response back, however fast or slow the machine is.
/// </summary>
internal sealed class SilenceTime : TimeProvider
{
    /// <summary>The client's timeout: longer than any test.</summary>
    public static readonly TimeSpan ClientLimit = TimeSpan.FromDays(1);

    /// <summary>How long the sandbox holds a response back.</summary>
    public static readonly TimeSpan ServerDelay = TimeSpan.FromDays(2);

    private readonly Lock _gate = new();
    private readonly HashSet<SilenceTimer> _waiting = [];

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == ServerDelay)
        {
            FallSilent();
        }

        return dueTime == ClientLimit
            ? new SilenceTimer(this, () => callback(state))
            : base.CreateTimer(callback, state, dueTime, period);
    }

    private void FallSilent()
    {
        SilenceTimer[] waiting;
        lock (_gate)
        {
            waiting = [.. _waiting];
        }

        foreach (var timer in waiting)
        {
            timer.Fire();
        }
    }

    /// <summary>A wait for the server, which ends when the server falls silent.</summary>
    private sealed class SilenceTimer : ITimer
    {
        private readonly SilenceTime _time;
        private readonly Action _over;

        public SilenceTimer(SilenceTime time, Action over)
        {
            (_time, _over) = (time, over);
            lock (time._gate)
            {
                time._waiting.Add(this);
            }
        }

        public void Fire() => _over();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            lock (_time._gate)
            {
                _time._waiting.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
