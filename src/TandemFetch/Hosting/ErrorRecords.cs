using System.Management.Automation;
using TandemFetch.Engine;

namespace TandemFetch.Hosting;

/// <summary>Creates all error records.</summary>
internal static class ErrorRecords
{
    private const string Prefix = "TandemFetch.";

    /// <summary>A failure that the user can act on. Its message already explains what to do.</summary>
    public static ErrorRecord From(TandemException failure) =>
        new(failure, Prefix + failure.ErrorId, CategoryOf(failure.Kind), failure.Target);

    /// <summary>Any other exception: a failure of ours under its own id, or a bug that should be reported.</summary>
    public static ErrorRecord From(Exception exception, object? target = null) => exception switch
    {
        TandemException failure => From(failure),
        AggregateException { InnerExceptions: [var only] } => From(only, target),
        _ => Unexpected(exception, target),
    };

    /// <summary>
    /// Whether PowerShell threw this exception to control a pipeline or to report an error that already has a record.
    /// Such exceptions must pass through a command unchanged.
    /// </summary>
    public static bool BelongsToPowerShell(Exception exception) =>
        exception is FlowControlException or IContainsErrorRecord
        || exception.GetType().Assembly == typeof(PSCmdlet).Assembly;

    private static ErrorRecord Unexpected(Exception exception, object? target) =>
        new(exception, Prefix + "Unexpected", ErrorCategory.NotSpecified, target)
        {
            ErrorDetails = new ErrorDetails($"{exception.GetType().Name}: {exception.Message}")
            {
                RecommendedAction = "This is a bug in TandemFetch. Run the command again with -Debug and report the output.",
            },
        };

    private static ErrorCategory CategoryOf(TandemErrorKind kind) => kind switch
    {
        TandemErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        TandemErrorKind.Authentication => ErrorCategory.AuthenticationError,
        TandemErrorKind.PermissionDenied => ErrorCategory.PermissionDenied,
        TandemErrorKind.Connection => ErrorCategory.ConnectionError,
        TandemErrorKind.InvalidData => ErrorCategory.InvalidData,
        TandemErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        TandemErrorKind.ResourceBusy => ErrorCategory.ResourceBusy,
        TandemErrorKind.ResourceUnavailable => ErrorCategory.ResourceUnavailable,
        _ => ErrorCategory.NotSpecified,
    };
}
