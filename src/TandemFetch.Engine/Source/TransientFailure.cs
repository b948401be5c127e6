namespace TandemFetch.Engine.Source;

/// <summary>
/// An attempt that failed and may be retried. Stays within this namespace. Its message is our own wording, because the
/// framework's message about a broken response can quote the response.
/// </summary>
internal sealed class TransientFailure(FailureReason reason, string message, TimeSpan? retryAfter = null)
    : Exception(message)
{
    public FailureReason Reason { get; } = reason;

    /// <summary>The pause that the server requested.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
