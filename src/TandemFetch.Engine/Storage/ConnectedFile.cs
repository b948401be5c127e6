using System.Collections.Concurrent;
using DuckDB.NET.Data;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// A file and how many connections this process has to it. On Linux and macOS a process loses its lock on a file as soon as it
/// closes any handle to it, and another process is let in to write; so nobody here looks into a file past DuckDB while DuckDB
/// has it open.
/// </summary>
internal sealed class ConnectedFile
{
    private static readonly ConcurrentDictionary<string, ConnectedFile> Files = new(
        OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private int _connections;

    private ConnectedFile()
    {
    }

    /// <summary>The file at a full path.</summary>
    public static ConnectedFile At(string path) => Files.GetOrAdd(path, _ => new ConnectedFile());

    /// <summary>Connects, and meanwhile keeps everybody else in this process from doing so.</summary>
    /// <param name="connect">Opens a connection. It is told whether it is the only one, so that the file itself may be looked into.</param>
    /// <param name="cancellationToken">Ends the waiting for others.</param>
    public async Task<DuckDBConnection> ConnectAsync(Func<bool, DuckDBConnection> connect, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var connection = connect(_connections == 0);
            _connections++;
            return connection;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Closes a connection that <see cref="ConnectAsync"/> gave.</summary>
    public void Close(DuckDBConnection connection)
    {
        _gate.Wait();
        try
        {
            connection.Dispose();
            _connections--;
        }
        finally
        {
            _gate.Release();
        }
    }
}
