using System.Collections.Concurrent;
using DuckDB.NET.Data;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// A file and the connections that this process has to it, all to one DuckDB. On Linux and macOS a process loses its
/// lock on a file as soon as it closes any handle to it, and another process is let in to write; so nobody here looks
/// into a file past DuckDB while DuckDB has it open.
/// </summary>
internal sealed class SharedDatabase
{
    private static readonly ConcurrentDictionary<string, SharedDatabase> Files = new(FileIdentity.PathComparer);

    private readonly SemaphoreSlim _gate = new(1, 1);

    // Open as long as any other is: nothing in DuckDB would keep a second DuckDB of this process off an attached file.
    private DuckDBConnection? _first;
    private DatabaseAccess _access;
    private int _connections;

    private SharedDatabase()
    {
    }

    /// <summary>The file at a path, under whatever name it is asked for.</summary>
    public static SharedDatabase At(string path) => Files.GetOrAdd(FileIdentity.Of(path), _ => new SharedDatabase());

    /// <summary>Connects, and meanwhile keeps everybody else in this process from doing so.</summary>
    /// <param name="path">What the file is called.</param>
    /// <param name="access">What for.</param>
    /// <param name="open">
    /// Opens the file; it is called only while this process has it not open, so that the file itself may be looked
    /// into.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting for others.</param>
    /// <exception cref="TandemException">
    /// <see cref="DatabaseErrors.InUse"/>: it is to be written, and this process reads it.
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

    /// <summary>Connects once more to a file that is connected.</summary>
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

    /// <summary>Closes a connection that <see cref="ConnectAsync"/> or <see cref="Join"/> gave.</summary>
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
        var connection = _access == DatabaseAccess.Write ? WritableAttachment.OpenSibling(first) : OpenSibling(first);
        _connections++;
        return connection;
    }

    private static DuckDBConnection OpenSibling(DuckDBConnection connection)
    {
        var sibling = new DuckDBConnection(connection.ConnectionString);
        sibling.Open();
        return sibling;
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
}
