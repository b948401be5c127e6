using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;
using DriveNotFoundException = System.Management.Automation.DriveNotFoundException;

namespace TandemFetch.Hosting;

/// <summary>What all commands that open the database have in common: where it is, and how long to wait for it.</summary>
public abstract class DatabaseCommand : TandemCommand
{
    /// <summary>Environment variable that names the database where <c>-Database</c> does not.</summary>
    internal const string DatabaseVariable = "TANDEM_DATABASE";

    private static readonly string DefaultDatabase = Path.Join("data", "tandem.db");

    /// <summary>The DuckDB file. Without it, <c>$env:TANDEM_DATABASE</c>, else <c>data/tandem.db</c> under the current location.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <summary>How many seconds to wait for another process to let go of the file. 10 unless given.</summary>
    [Parameter]
    [ValidateRange(0, 86_400)]
    public int LockTimeout { get; set; } = 10;

    /// <summary>How long to wait for another process to let go of the file.</summary>
    protected TimeSpan LockTimeLimit => TimeSpan.FromSeconds(LockTimeout);

    /// <summary>The full path of the DuckDB file. Whether there is one is for the engine to say.</summary>
    /// <exception cref="TandemException"><c>DatabasePathInvalid</c>: the path does not lead into the file system.</exception>
    protected string ResolveDatabasePath() => ResolveDatabasePath(Database, SessionState.Path);

    /// <summary>The full path of the DuckDB file that a parameter names, or that is meant where it names none.</summary>
    /// <exception cref="TandemException"><c>DatabasePathInvalid</c>.</exception>
    internal static string ResolveDatabasePath(string? given, PathIntrinsics paths) =>
        ResolvePath(given ?? NonEmpty(Environment.GetEnvironmentVariable(DatabaseVariable)) ?? DefaultDatabase, paths);

    /// <summary>Opens the file that <see cref="ResolveDatabasePath()"/> names, waiting for another process to let go of it.</summary>
    private protected TandemDatabase OpenDatabase(DatabaseAccess access) =>
        DatabaseFile.OpenAsync(ResolveDatabasePath(), access, LockTimeLimit, StopToken).GetAwaiter().GetResult();

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string ResolvePath(string path, PathIntrinsics paths)
    {
        // The prompt may stand in another provider (Env:, Cert:); a relative path still means the file system.
        if (!Path.IsPathFullyQualified(path) && !paths.IsPSAbsolute(path, out _) && !path.StartsWith('~'))
        {
            return Path.GetFullPath(path, paths.CurrentFileSystemLocation.ProviderPath);
        }

        try
        {
            var full = paths.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == "FileSystem" ? full : throw NotAFile(path, null);
        }
        catch (Exception refused) when (refused is DriveNotFoundException or ProviderNotFoundException or NotSupportedException)
        {
            throw NotAFile(path, refused);
        }
    }

    private static TandemException NotAFile(string path, Exception? cause) => new(
        "DatabasePathInvalid",
        TandemErrorKind.InvalidArgument,
        $"'{path}' is not a path in the file system. Specify the DuckDB file with -Database or $env:{DatabaseVariable}.",
        path,
        cause);
}
