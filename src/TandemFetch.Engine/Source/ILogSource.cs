namespace TandemFetch.Engine.Source;

/// <summary>Where accounts and log pages come from: Tandem Source itself, or saved answers that are replayed.</summary>
public interface ILogSource
{
    /// <summary>The account's pumps, asked for anew at each call.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="TandemException">The request failed for good.</exception>
    Task<SourceAccount> GetAccountAsync(CancellationToken cancellationToken);

    /// <summary>
    /// One answer of the log for whole days of pump time, both inclusive, as received. Dispose it to give its buffer
    /// back.
    /// </summary>
    /// <param name="assignmentId">The pump's device assignment id.</param>
    /// <param name="firstDay">First day, pump wall clock.</param>
    /// <param name="lastDay">Last day, pump wall clock, at most 27 days after the first.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="TandemException">
    /// The request failed for good. <see cref="SourceErrors.RangeFailed"/> is the id of a failure that a smaller range
    /// may avoid.
    /// </exception>
    Task<LogPage> GetLogPageAsync(
        string assignmentId,
        DateOnly firstDay,
        DateOnly lastDay,
        CancellationToken cancellationToken);
}
