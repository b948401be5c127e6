using DuckDB.NET.Native;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// Interrupts the running statement of a connection once a token is cancelled. DuckDB ignores an interruption that
/// comes just before a statement begins, so it is repeated until this is disposed.
/// </summary>
internal sealed class StatementInterruption : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly object _gate = new();
    private readonly DuckDBNativeConnection _connection;
    private readonly Timer _timer;
    private readonly CancellationTokenRegistration _registration;
    private bool _disposed;

    public StatementInterruption(DuckDBNativeConnection connection, CancellationToken cancellationToken)
    {
        _connection = connection;
        _timer = new Timer(_ => Interrupt(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _registration = cancellationToken.Register(() => _timer.Change(TimeSpan.Zero, Pause));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _registration.Dispose();
        lock (_gate)
        {
            _disposed = true;
        }

        _timer.Dispose();
    }

    private void Interrupt()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _connection.Interrupt();
            }
        }
    }
}
