using System.Collections.Concurrent;
using Dapper;
using DuckDB.NET.Data;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// A file and the connections of this process to it, all to one DuckDB instance. On Linux and macOS, a process loses
/// its lock on a file as soon as it closes any handle to it, and another process is allowed to write; so nothing in
/// this process may open the file except DuckDB while DuckDB has it open.
/// </summary>
internal sealed class SharedDatabase
{
    private static readonly ConcurrentDictionary<string, SharedDatabase> Files = new(FileIdentity.PathComparer);

    private readonly SemaphoreSlim _gate = new(1, 1);

    // Stays open as long as any other: nothing in DuckDB would prevent a second DuckDB instance of this process from
    // opening an attached file.
    private DuckDBConnection? _first;
    private DatabaseAccess _access;
    private int _connections;
    private int _queries;

    private bool _isInMemory;

    private SharedDatabase()
    {
    }

    /// <summary>A DuckDB in memory that only reads other files; it ends with its last connection.</summary>
    /// <param name="connection">The connection with which it was made.</param>
    public static SharedDatabase OfMemory(DuckDBConnection connection) =>
        new() { _first = connection, _access = DatabaseAccess.Read, _isInMemory = true };

    /// <summary>The file at a path, whatever its name.</summary>
    public static SharedDatabase At(string path) => Files.GetOrAdd(FileIdentity.Of(path), _ => new SharedDatabase());

    /// <summary>Connects, and keeps everybody else in this process from connecting in the meantime.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="access">The kind of access.</param>
    /// <param name="open">
    /// Opens the file; called only while this process does not have it open, so that the file itself may be inspected.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait for others.</param>
    /// <exception cref="TandemException">
    /// <see cref="DatabaseErrors.InUse"/>: write access was requested while this process is reading the file.
    /// </exception>
    public async Task<DuckDBConnection> ConnectAsync(
        string path, DatabaseAccess access, Func<DuckDBConnection> open, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_first is null)
            {
                _first = open();
                _access = access;
            }
            else if (access == DatabaseAccess.Write && _access == DatabaseAccess.Read)
            {
                throw DatabaseFailure.InUse(path);
            }

            return Connect(_first);
        }
        catch
        {
            CloseIfUnused();
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Connects again to a file that is already connected.</summary>
    public DuckDBConnection Join()
    {
        _gate.Wait();
        try
        {
            return Connect(_first ?? throw new InvalidOperationException("The file is not open."));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Lets DuckDB use the memory of queries while the file is open for writing, until the result is disposed. The limit
    /// applies to all connections of this process.
    /// </summary>
    /// <exception cref="TandemException"><see cref="DatabaseErrors.MemoryLimitInvalid"/>.</exception>
    public IDisposable UseMemoryOfQueries()
    {
        var limit = MemoryLimit.OfQueries;
        _gate.Wait();
        try
        {
            if (_queries++ == 0)
            {
                SetMemoryLimit(limit);
            }
        }
        finally
        {
            _gate.Release();
        }

        return new QueryMemory(this);
    }

    /// <summary>Sets how many threads DuckDB uses.</summary>
    /// <returns>Whether it used another number before.</returns>
    public bool UseThreads(int count)
    {
        _gate.Wait();
        try
        {
            var first = _first ?? throw new InvalidOperationException("The file is not open.");

            // Even setting the same number ends threads and starts others, which takes longer than many a statement.
            var differs = first.ExecuteScalar<long>("SELECT current_setting('threads')") != count;
            if (differs)
            {
                first.Execute($"SET threads = {count}");
            }

            return differs;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Limits the memory of a file that is open for reading, until the result is disposed. The limit applies to all
    /// connections of this process; a user's own limit remains.
    /// </summary>
    public IDisposable LimitMemory(string limit)
    {
        if (_access == DatabaseAccess.Write || MemoryLimit.IsSet)
        {
            return new ReadingLimit(null);
        }

        SetReadingLimit(limit);
        return new ReadingLimit(this);
    }

    /// <summary>Closes a connection that <see cref="ConnectAsync"/> or <see cref="Join"/> returned.</summary>
    public void Close(DuckDBConnection connection)
    {
        _gate.Wait();
        try
        {
            connection.Dispose();
            _connections--;
            CloseIfUnused();
        }
        finally
        {
            _gate.Release();
        }
    }

    private DuckDBConnection Connect(DuckDBConnection first)
    {
        var connection = _isInMemory ? OpenDuplicate(first)
            : _access == DatabaseAccess.Write ? WritableAttachment.OpenSibling(first)
            : OpenSibling(first);
        _connections++;
        return connection;
    }

    private static DuckDBConnection OpenDuplicate(DuckDBConnection connection)
    {
        var duplicate = connection.Duplicate();
        duplicate.Open();
        return duplicate;
    }

    private static DuckDBConnection OpenSibling(DuckDBConnection connection)
    {
        var sibling = new DuckDBConnection(connection.ConnectionString);
        sibling.Open();
        return sibling;
    }

    private void SetMemoryLimit(string limit)
    {
        if (_access == DatabaseAccess.Write)
        {
            _first?.Execute($"SET memory_limit = '{limit}'");
        }
    }

    private void SetReadingLimit(string limit)
    {
        _gate.Wait();
        try
        {
            _first?.Execute($"SET memory_limit = '{limit}'");
        }
        finally
        {
            _gate.Release();
        }
    }

    private void EndQuery()
    {
        _gate.Wait();
        try
        {
            if (--_queries == 0)
            {
                SetMemoryLimit(MemoryLimit.OfPipeline);
            }
        }
        catch (DuckDBException)
        {
            // Something still uses more. The next query to end, or the end of this process's last connection, lowers it.
        }
        finally
        {
            _gate.Release();
        }
    }

    private void CloseIfUnused()
    {
        if (_connections == 0)
        {
            var first = _first;
            _first = null;
            first?.Dispose();
        }
    }

    /// <summary>The memory of queries, in use until disposed.</summary>
    private sealed class QueryMemory(SharedDatabase file) : IDisposable
    {
        private SharedDatabase? _file = file;

        public void Dispose() => Interlocked.Exchange(ref _file, null)?.EndQuery();
    }

    /// <summary>A lower limit of memory, in force until disposed.</summary>
    private sealed class ReadingLimit(SharedDatabase? file) : IDisposable
    {
        private SharedDatabase? _file = file;

        public void Dispose() => Interlocked.Exchange(ref _file, null)?.SetReadingLimit(MemoryLimit.OfQueries);
    }
}
