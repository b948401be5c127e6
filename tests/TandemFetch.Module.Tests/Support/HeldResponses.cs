namespace TandemFetch.Module.Tests.Support;

/// <summary>
/// The system's time for a sandbox, which also signals when the sandbox begins to hold a response back.
/// </summary>
internal sealed class HeldResponses : TimeProvider
{
    /// <summary>How long a response is held back.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromDays(2);

    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the next response is held back.</summary>
    public Task NextAsync() => (_next = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Delay)
        {
            _next.TrySetResult();
        }

        return base.CreateTimer(callback, state, dueTime, period);
    }
}
