using System.Globalization;
using DuckDB.NET.Data;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// Connects to a file that another process may hold: retries for a while, then reports which process holds it.
/// </summary>
internal static class DatabaseConnector
{
    /// <summary>The size of the blocks of a new file, bytes.</summary>
    public const int BlockSize = 1 << 16;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <returns>The file, and a connection to be closed by its <see cref="SharedDatabase.Close"/>.</returns>
    /// <exception cref="TandemException">One of <see cref="DatabaseErrors"/>.</exception>
    public static async Task<(SharedDatabase File, DuckDBConnection Connection)> ConnectAsync(
        string path,
        DatabaseAccess access,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        if (access == DatabaseAccess.Read)
        {
            await GiveWayAsync(path, timeout, cancellationToken).ConfigureAwait(false);
        }

        using var turn = new Turn(path);
        while (true)
        {
            try
            {
                var file = SharedDatabase.At(path);
                var connection = await file.ConnectAsync(path, access, () => Connect(path, access), cancellationToken)
                    .ConfigureAwait(false);
                return (file, connection);
            }
            catch (Exception error) when (error is DuckDBException or TandemException { ErrorId: DatabaseErrors.InUse })
            {
                var failure = error as TandemException ?? DatabaseFailure.Of(error.Message, path, error);
                var canPass = failure is TandemException { ErrorId: DatabaseErrors.Locked or DatabaseErrors.InUse };
                if (!canPass || TimeProvider.System.GetElapsedTime(started) >= timeout)
                {
                    throw failure;
                }

                if (access == DatabaseAccess.Write)
                {
                    turn.Announce();
                }
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits a moment if a writer waits for the readers of a file.</summary>
    private static async Task GiveWayAsync(string path, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var longest = timeout < WriterTurn.LongestWait ? timeout : WriterTurn.LongestWait;
        while (TimeProvider.System.GetElapsedTime(started) < longest && WriterTurn.IsAnnounced(path))
        {
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private static DuckDBConnection Connect(string path, DatabaseAccess access)
    {
        if (!File.Exists(path))
        {
            return Open(path, access);
        }

        DuckDbHeader.Check(path);
        if (!WalCheck.Exist(path))
        {
            return Open(path, access);
        }

        // When it opens a file for writing, DuckDB would apply the log and discard it, whatever is missing.
        var reading = Open(path, DatabaseAccess.Read);
        try
        {
            WalCheck.Check(reading, path);
        }
        catch
        {
            reading.Dispose();
            throw;
        }

        if (access == DatabaseAccess.Read)
        {
            return reading;
        }

        reading.Dispose();
        return Open(path, access);
    }

    private static DuckDBConnection Open(string path, DatabaseAccess access)
    {
        var connection = new DuckDBConnection(ConnectionString(path, access));
        try
        {
            connection.Open();
            if (access == DatabaseAccess.Write)
            {
                WritableAttachment.Attach(connection, path);
                SpillFolder.RemoveAbandoned(path);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string ConnectionString(string path, DatabaseAccess access)
    {
        var settings = new DuckDBConnectionStringBuilder
        {
            ["DataSource"] = access == DatabaseAccess.Write ? WritableAttachment.InMemory : path,
            ["access_mode"] = access == DatabaseAccess.Read ? "READ_ONLY" : "READ_WRITE",
            // zstd for JSON columns needs the newest storage format; nobody else writes this file.
            ["storage_compatibility_version"] = "latest",
            // The file must be readable offline, and nothing may be loaded without the user's knowledge.
            ["autoinstall_known_extensions"] = "false",
            // DuckDB would use most of the machine's memory.
            ["memory_limit"] = access == DatabaseAccess.Write ? MemoryLimit.OfPipeline : MemoryLimit.OfQueries,
            ["threads"] = ThreadCount.For(path, access).ToString(CultureInfo.InvariantCulture),
        };
        if (access == DatabaseAccess.Write)
        {
            // Beside the file, where DuckDB puts it for a file that is not attached.
            settings["temp_directory"] = SpillFolder.Of(path);
            // A checkpoint compresses the last row group of each table again, so there should not be many; a
            // transaction that would log more than this is written directly to the file.
            settings["checkpoint_threshold"] = "16MB";
            // With the five row groups that DuckDB would collect before writing them, each stage would hold 40 MB.
            settings["write_buffer_row_group_count"] = "1";
            // Freed memory is returned to the system during a run, which lowers the peak by 40 MB.
            settings["allocator_background_threads"] = "true";
            // Each transaction leaves some blocks half empty; with a quarter of the usual size, the file is smaller by
            // a fifth.
            settings["default_block_size"] = BlockSize.ToString(CultureInfo.InvariantCulture);
        }

        return settings.ConnectionString;
    }

    /// <summary>The announcement of one writer, from its first refusal until it is in or has given up.</summary>
    private sealed class Turn(string path) : IDisposable
    {
        private IDisposable? _announced;

        public void Announce() => _announced ??= WriterTurn.Announce(path);

        public void Dispose() => _announced?.Dispose();
    }
}
