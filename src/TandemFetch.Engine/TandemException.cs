namespace TandemFetch.Engine;

/// <summary>
/// A failure that a user can act on. The message explains what happened, where, and what to do next; it never contains
/// a secret or personal data, because it ends up in transcripts and logs.
/// </summary>
/// <param name="errorId">
/// Stable id in PascalCase without a prefix, such as <c>SignInRejected</c>; shown as <c>TandemFetch.SignInRejected</c>.
/// </param>
/// <param name="kind">The kind of failure.</param>
/// <param name="message">What happened, where, and what to do next.</param>
/// <param name="target">What it concerns: a path, a serial number, a date range.</param>
/// <param name="innerException">The cause, if it adds information.</param>
public sealed class TandemException(
    string errorId,
    TandemErrorKind kind,
    string message,
    object? target = null,
    Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Stable id in PascalCase, without the module's prefix.</summary>
    public string ErrorId { get; } = errorId;

    /// <summary>The kind of failure.</summary>
    public TandemErrorKind Kind { get; } = kind;

    /// <summary>What it concerns: a path, a serial number, a date range.</summary>
    public object? Target { get; } = target;
}
