using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Schema;

/// <summary>
/// Creates the file under a temporary name and moves it into place when it is complete, so that a process that is
/// killed or runs out of space leaves no incomplete file.
/// </summary>
internal static class NewDatabase
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    public static async Task CreateAsync(string path, CancellationToken cancellationToken)
    {
        RemoveAbandoned(path);
        var draft = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            await MakeAsync(draft, cancellationToken).ConfigureAwait(false);
            OwnerOnly.Restrict(draft);
            SetAsideOrphan(path + ".wal");
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster; its file is just as good.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TandemException(
                DatabaseErrors.NotWritable,
                TandemErrorKind.PermissionDenied,
                $"'{path}' cannot be created: {Sentence.Of(error)} Choose another path with -Database.",
                path,
                error);
        }
        finally
        {
            Remove(draft);
            Remove(draft + ".wal");
        }
    }

    private static async Task MakeAsync(string draft, CancellationToken cancellationToken)
    {
        var (file, connection) = await DatabaseConnector.ConnectAsync(draft, DatabaseAccess.Write, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        using var database = new TandemDatabase(file, connection, draft);
        SchemaVersion.Ensure(database, DatabaseAccess.Write, isNew: true);
    }

    /// <summary>
    /// A write-ahead log whose database is gone would damage the new one; it may be all that is left, so it is kept.
    /// </summary>
    private static void SetAsideOrphan(string log)
    {
        if (File.Exists(log))
        {
            File.Move(log, $"{log}.{Guid.NewGuid():N}.orphan");
        }
    }

    private static void RemoveAbandoned(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        foreach (var draft in Directory.EnumerateFiles(folder, Path.GetFileName(path) + ".*.new"))
        {
            if (TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(draft) > Abandoned)
            {
                Remove(draft);
            }
        }
    }

    private static void Remove(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It does no harm, and will be deleted another time.
        }
    }
}
