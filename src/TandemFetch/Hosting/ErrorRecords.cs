using System.Management.Automation;
using TandemFetch.Engine;

namespace TandemFetch.Hosting;

/// <summary>The one place where error records are made.</summary>
internal static class ErrorRecords
{
    private const string Prefix = "TandemFetch.";

    /// <summary>A failure that the user can act on. Its message already says what to do.</summary>
    public static ErrorRecord From(TandemException failure) =>
        new(failure, Prefix + failure.ErrorId, CategoryOf(failure.Kind), failure.Target);

    /// <summary>Anything else that was thrown: a failure of ours under its own id, or a fault that should be reported.</summary>
    public static ErrorRecord From(Exception exception, object? target = null) => exception switch
    {
        TandemException failure => From(failure),
        AggregateException { InnerExceptions: [var only] } => From(only, target),
        _ => Unexpected(exception, target),
    };

    /// <summary>
    /// Whether PowerShell threw this itself, to steer a pipeline or to report an error that has its record already.
    /// Such exceptions must pass through a command untouched.
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
