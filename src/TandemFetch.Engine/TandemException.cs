namespace TandemFetch.Engine;

/// <summary>
/// A failure that a user can act on. The message says what happened, where, and what to do next; it never holds a
/// secret or personal data, because it ends up in transcripts and logs.
/// </summary>
/// <param name="errorId">
/// Stable id in PascalCase without prefix, such as <c>SignInRejected</c>; shown as <c>TandemFetch.SignInRejected</c>.
/// </param>
/// <param name="kind">The sort of failure.</param>
/// <param name="message">What happened, where, and what to do next.</param>
/// <param name="target">The thing it concerns: a path, a serial number, a date range.</param>
/// <param name="innerException">What the cause was, if it adds something.</param>
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

    /// <summary>The sort of failure.</summary>
    public TandemErrorKind Kind { get; } = kind;

    /// <summary>The thing it concerns: a path, a serial number, a date range.</summary>
    public object? Target { get; } = target;
}
