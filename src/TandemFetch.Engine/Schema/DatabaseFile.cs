using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Schema;

/// <summary>Opens a file with this version's schema, and creates it if it does not exist.</summary>
public static class DatabaseFile
{
    /// <summary>Opens a file, waiting for another process to release it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="access">The kind of access.</param>
    /// <param name="lockTimeout">How long to wait for the lock.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="TandemException">One of <see cref="DatabaseErrors"/>.</exception>
    public static async Task<TandemDatabase> OpenAsync(
        string path,
        DatabaseAccess access,
        TimeSpan lockTimeout,
        CancellationToken cancellationToken)
    {
        path = FileIdentity.Resolve(path);
        DatabaseLocation.Check(path, access);
        if (access == DatabaseAccess.Read)
        {
            return await ConnectAsync(path, access, lockTimeout, null, cancellationToken).ConfigureAwait(false);
        }

        // Locked by its path as long as the file may not exist, and by its identity after that, because it may have a
        // second name.
        var named = await WriterLock.TakeAsync(path, path, lockTimeout, cancellationToken).ConfigureAwait(false);
        try
        {
            if (!File.Exists(path))
            {
                await NewDatabase.CreateAsync(path, cancellationToken).ConfigureAwait(false);
            }

            return await OpenToWriteAsync(path, lockTimeout, named, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            named.Dispose();
            throw;
        }
    }

    private static async Task<TandemDatabase> OpenToWriteAsync(
        string path, TimeSpan lockTimeout, IDisposable named, CancellationToken cancellationToken)
    {
        var identity = FileIdentity.Of(path);
        var seat = FileIdentity.PathComparer.Equals(identity, path)
            ? named
            : new Seats(
                await WriterLock.TakeAsync(identity, path, lockTimeout, cancellationToken).ConfigureAwait(false), named);
        try
        {
            return await ConnectAsync(path, DatabaseAccess.Write, lockTimeout, seat, cancellationToken)
                .ConfigureAwait(false);
        }
        catch
        {
            seat.Dispose();
            throw;
        }
    }

    private static async Task<TandemDatabase> ConnectAsync(
        string path, DatabaseAccess access, TimeSpan lockTimeout, IDisposable? seat, CancellationToken cancellationToken)
    {
        var (file, connection) = await DatabaseConnector.ConnectAsync(path, access, lockTimeout, cancellationToken)
            .ConfigureAwait(false);
        var database = new TandemDatabase(file, connection, path, seat);
        try
        {
            if (access == DatabaseAccess.Read)
            {
                // The file may be open for writing in this process, with the pipeline's limit.
                database.UseMemoryOfQueries();
            }

            SchemaVersion.Ensure(database, access, isNew: false);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Two locks as one.</summary>
    private sealed record Seats(IDisposable First, IDisposable Second) : IDisposable
    {
        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
        }
    }
}
