namespace TandemFetch.Engine.Source;

/// <summary>A source of accounts and log pages: Tandem Source itself, or saved responses that are replayed.</summary>
public interface ILogSource
{
    /// <summary>The account's pumps, requested again at each call.</summary>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="TandemException">The request failed permanently.</exception>
    Task<SourceAccount> GetAccountAsync(CancellationToken cancellationToken);

    /// <summary>
    /// A response of the log for whole days of pump time, both inclusive, as received. Dispose it to return its buffer.
    /// </summary>
    /// <param name="assignmentId">The pump's device assignment id.</param>
    /// <param name="firstDay">First day, pump wall clock.</param>
    /// <param name="lastDay">Last day, pump wall clock, at most 27 days after the first.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="TandemException">
    /// The request failed permanently. <see cref="SourceErrors.RangeFailed"/> is the id of a failure that a smaller
    /// range may avoid.
    /// </exception>
    Task<LogPage> GetLogPageAsync(
        string assignmentId,
        DateOnly firstDay,
        DateOnly lastDay,
        CancellationToken cancellationToken);
}
