using System.Collections.Concurrent;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// Allows one writer per file within this process. DuckDB keeps other processes out, but lets all connections of one
/// process write, and two backfills that do not see each other's rows would both store them.
/// </summary>
internal static class WriterLock
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Seats = new(FileIdentity.PathComparer);

    /// <summary>Waits for the lock of a file; it is released when the result is disposed.</summary>
    /// <param name="identity">The identity of the file: see <see cref="FileIdentity"/>.</param>
    /// <param name="path">The path for messages.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="TandemException">
    /// <see cref="DatabaseErrors.Locked"/>: another command of this process is still writing.
    /// </exception>
    public static async Task<IDisposable> TakeAsync(
        string identity, string path, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var seat = Seats.GetOrAdd(identity, _ => new SemaphoreSlim(1, 1));
        return await seat.WaitAsync(timeout, cancellationToken).ConfigureAwait(false)
            ? new Taken(seat)
            : throw new TandemException(
                DatabaseErrors.Locked,
                TandemErrorKind.ResourceBusy,
                $"'{path}' is being written by another command in this process (PID {Environment.ProcessId}). Let it finish, "
                + "or wait longer with -LockTimeout.",
                path);
    }

    private sealed class Taken(SemaphoreSlim seat) : IDisposable
    {
        private SemaphoreSlim? _seat = seat;

        public void Dispose() => Interlocked.Exchange(ref _seat, null)?.Release();
    }
}
