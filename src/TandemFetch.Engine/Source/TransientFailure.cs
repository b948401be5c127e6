namespace TandemFetch.Engine.Source;

/// <summary>
/// An attempt that failed and may be repeated. Never leaves this room. Its message is our own wording: what the
/// framework says about a broken answer can quote the answer.
/// </summary>
internal sealed class TransientFailure(FailureReason reason, string message, TimeSpan? retryAfter = null)
    : Exception(message)
{
    public FailureReason Reason { get; } = reason;

    /// <summary>The pause that the server asked for.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
