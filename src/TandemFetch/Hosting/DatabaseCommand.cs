using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Settings;
using TandemFetch.Engine.Storage;
using DriveNotFoundException = System.Management.Automation.DriveNotFoundException;

namespace TandemFetch.Hosting;

/// <summary>The base of all commands that open the database: its path, and how long to wait for it.</summary>
public abstract class DatabaseCommand : TandemCommand
{
    private static readonly string DefaultDatabase = Path.Join("data", "tandem.db");

    /// <summary>
    /// Path of the DuckDB file; by default <c>$env:TANDEM_DATABASE</c>, otherwise the one in the user's settings,
    /// otherwise <c>data/tandem.db</c> under the current location.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <summary>Seconds to wait for another process to release the file; 10 by default.</summary>
    [Parameter]
    [ValidateRange(0, 86_400)]
    public int LockTimeout { get; set; } = 10;

    /// <summary>How long to wait for another process to release the file.</summary>
    protected TimeSpan LockTimeLimit => TimeSpan.FromSeconds(LockTimeout);

    /// <summary>The full path of the DuckDB file. The engine checks whether it exists.</summary>
    /// <exception cref="TandemException">
    /// <c>DatabasePathInvalid</c>: the path is not in the file system. One of <see cref="SettingsErrors"/>, even if
    /// <c>-Database</c> is specified: settings that cannot be read must not be ignored in part.
    /// </exception>
    protected string ResolveDatabasePath() => ResolveDatabasePath(Database, Settings, SessionState.Path);

    /// <summary>The full path of the DuckDB file that a parameter specifies, or of the default file.</summary>
    /// <exception cref="TandemException"><c>DatabasePathInvalid</c>.</exception>
    internal static string ResolveDatabasePath(string? given, UserSettings settings, PathIntrinsics paths) =>
        ResolvePath(given ?? settings.Get<string>(Setting.Database) ?? DefaultDatabase, paths);

    /// <summary>
    /// Opens the file that <see cref="ResolveDatabasePath()"/> returns, waiting for another process to release it.
    /// </summary>
    private protected TandemDatabase OpenDatabase(DatabaseAccess access) =>
        DatabaseFile.OpenAsync(ResolveDatabasePath(), access, LockTimeLimit, StopToken).GetAwaiter().GetResult();

    /// <summary>
    /// Opens the file to read what has been derived from the log, and warns if a run has not completed that.
    /// </summary>
    private protected virtual TandemDatabase OpenDerived()
    {
        var database = OpenDatabase(DatabaseAccess.Read);
        try
        {
            if (UnfinishedWork.Exists(database))
            {
                WriteWarning(UnfinishedWork.Warning);
            }

            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The full path of a DuckDB file.</summary>
    /// <exception cref="TandemException"><c>DatabasePathInvalid</c>: it is not in the file system.</exception>
    internal static string ResolvePath(string path, PathIntrinsics paths) =>
        ResolvePath(path, paths, cause => NotAFile(path, cause));

    /// <summary>The full path of a file.</summary>
    /// <param name="path">The path as the user wrote it, without wildcards.</param>
    /// <param name="paths">The drives and the current location.</param>
    /// <param name="notAFile">Creates the error if the path is not in the file system.</param>
    internal static string ResolvePath(string path, PathIntrinsics paths, Func<Exception?, TandemException> notAFile)
    {
        // The current location may belong to another provider (Env:, Cert:); a relative path still refers to the file
        // system.
        if (!Path.IsPathFullyQualified(path) && !paths.IsPSAbsolute(path, out _) && !path.StartsWith('~'))
        {
            return Path.GetFullPath(path, paths.CurrentFileSystemLocation.ProviderPath);
        }

        try
        {
            var full = paths.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == "FileSystem" ? full : throw notAFile(null);
        }
        catch (Exception refused) when (refused is DriveNotFoundException or ProviderNotFoundException or NotSupportedException)
        {
            throw notAFile(refused);
        }
    }

    private static TandemException NotAFile(string path, Exception? cause) => new(
        "DatabasePathInvalid",
        TandemErrorKind.InvalidArgument,
        $"'{path}' is not a path in the file system. Specify the DuckDB file with -Database, "
        + $"$env:{Setting.Database.Variable} or Set-TandemConfiguration.",
        path,
        cause);
}
