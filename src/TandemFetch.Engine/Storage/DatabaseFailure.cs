using System.Text.RegularExpressions;

namespace TandemFetch.Engine.Storage;

/// <summary>Translates DuckDB's errors into messages that explain what to do.</summary>
internal static partial class DatabaseFailure
{
    /// <summary>Translates a DuckDB message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="path">The file concerned.</param>
    /// <param name="cause">The exception with the message, if there is one.</param>
    /// <returns>
    /// One of <see cref="DatabaseErrors"/>; an <see cref="OperationCanceledException"/> if we interrupted the
    /// statement.
    /// </returns>
    public static Exception Of(string message, string path, Exception? cause = null) =>
        message.StartsWith("INTERRUPT Error", StringComparison.Ordinal) || message.EndsWith("Interrupted!", StringComparison.Ordinal)
            ? new OperationCanceledException("The statement was interrupted.", cause)
            : Translate(message, path, cause);

    /// <summary>A reader of this process holds the file, so that it cannot be written.</summary>
    public static TandemException InUse(string path, Exception? cause = null) => new(
        DatabaseErrors.InUse,
        TandemErrorKind.ResourceBusy,
        $"'{path}' is being read in this session. Let that command finish first; in one pipeline, collect its output before it is "
        + "written: (Get-… ) | …",
        path,
        cause);

    /// <summary>Whether a message of DuckDB says that its memory does not suffice.</summary>
    public static bool IsLackOfMemory(string message) => LackOfMemory().IsMatch(message);

    private static TandemException Translate(string message, string path, Exception? error)
    {
        if (Holder().Match(message) is { Success: true } holder)
        {
            return new TandemException(
                DatabaseErrors.Locked,
                TandemErrorKind.ResourceBusy,
                $"'{path}' is held by {holder.Groups["name"].Value} (PID {holder.Groups["pid"].Value}). "
                + "Close it there, or wait longer with -LockTimeout.",
                path,
                error);
        }

        return message switch
        {
            _ when message.Contains("Could not set lock", StringComparison.Ordinal)
                || message.Contains("being used by another process", StringComparison.OrdinalIgnoreCase) =>
                Failure(DatabaseErrors.Locked, TandemErrorKind.ResourceBusy, "is held by another process. Close it there, or wait longer with -LockTimeout."),
            _ when message.Contains("different configuration", StringComparison.Ordinal)
                || message.Contains("read-only mode", StringComparison.Ordinal) =>
                InUse(path, error),
            _ when message.Contains("No space left", StringComparison.OrdinalIgnoreCase)
                || message.Contains("disk is full", StringComparison.OrdinalIgnoreCase)
                || message.Contains("not enough space", StringComparison.OrdinalIgnoreCase)
                || message.Contains("Could not write all bytes", StringComparison.OrdinalIgnoreCase)
                || message.Contains("File too large", StringComparison.OrdinalIgnoreCase)
                || message.Contains("max_temp_directory_size", StringComparison.Ordinal) =>
                Failure(DatabaseErrors.DiskFull, TandemErrorKind.ResourceUnavailable, "cannot grow because the disk is full. Free some space and run the command again; what was finished is kept."),
            _ when IsLackOfMemory(message) =>
                Failure(DatabaseErrors.OutOfMemory, TandemErrorKind.ResourceUnavailable, "is intact, but DuckDB ran out of memory: " + FirstLine(message)
                    + $" Set $env:{MemoryLimit.Variable} to allow it more, such as 4GB; by default, it may use a quarter of this machine's memory."),
            _ when message.Contains("not a valid DuckDB database", StringComparison.Ordinal)
                || message.Contains("Corrupt", StringComparison.OrdinalIgnoreCase)
                || message.Contains("checksum", StringComparison.OrdinalIgnoreCase)
                || message.Contains("Serialization Error", StringComparison.Ordinal)
                || message.Contains("Could not read", StringComparison.Ordinal) =>
                Failure(DatabaseErrors.NotADatabase, TandemErrorKind.InvalidData, "is not a DuckDB database, or is damaged. It was left unchanged; restore a copy, or specify another file with -Database and run Invoke-TandemBackfill."),
            _ when message.Contains("Permission denied", StringComparison.OrdinalIgnoreCase)
                || message.Contains("Read-only file system", StringComparison.OrdinalIgnoreCase)
                || message.Contains("Cannot open file", StringComparison.Ordinal) =>
                Failure(DatabaseErrors.NotWritable, TandemErrorKind.PermissionDenied, "cannot be opened: " + FirstLine(message)),
            _ => Failure(DatabaseErrors.Failed, TandemErrorKind.NotSpecified, "DuckDB reports: " + FirstLine(message)),
        };

        TandemException Failure(string id, TandemErrorKind kind, string what) =>
            new(id, kind, $"'{path}' {what}", path, error);
    }

    // An append reports it without the name of the error: "Failed to append: failed to pin block of size …".
    [GeneratedRegex("Out of Memory|failed to (?:pin block|allocate)|bad_alloc|bad allocation", RegexOptions.IgnoreCase)]
    private static partial Regex LackOfMemory();

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();

    [GeneratedRegex(@"[Cc]onflicting lock is held in (?<name>.+?) \(PID (?<pid>\d+)\)")]
    private static partial Regex Holder();
}
