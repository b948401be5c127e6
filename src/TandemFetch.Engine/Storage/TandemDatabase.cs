using Dapper;
using DuckDB.NET.Data;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// An open DuckDB file. Open it late and dispose it early: either one process may write or many may read, and while the
/// file is open for writing, no other process can read it.
/// </summary>
public sealed class TandemDatabase : IDisposable
{
    private readonly SharedDatabase _file;
    private readonly IDisposable? _seat;
    private IDisposable? _memory;
    private bool _disposed;

    // Columns are in snake_case, properties in PascalCase.
    static TandemDatabase() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    internal TandemDatabase(SharedDatabase file, DuckDBConnection connection, string path, IDisposable? seat = null)
    {
        _file = file;
        _seat = seat;
        Connection = connection;
        Path = path;
    }

    /// <summary>Full path of the file, with links followed.</summary>
    public string Path { get; }

    /// <summary>
    /// The table, or a query in parentheses, that has the times of the log's entries, or at least of the newest, in
    /// <c>device_assignment_id</c> and <c>timestamp</c>.
    /// </summary>
    internal string EntryTimes { get; init; } = "events";

    internal DuckDBConnection Connection { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _memory?.Dispose();
            _file.Close(Connection);
        }

        _seat?.Dispose();
    }

    /// <summary>
    /// The same file through a separate connection, for concurrent work. This object must outlive it.
    /// </summary>
    internal TandemDatabase OpenSession() => new(_file, _file.Join(), Path) { EntryTimes = EntryTimes };

    /// <summary>
    /// Lets DuckDB use the memory of queries instead of the pipeline's until this object is disposed.
    /// </summary>
    internal void UseMemoryOfQueries() => _memory ??= _file.UseMemoryOfQueries();

    /// <summary>Sets how many threads DuckDB uses, for all connections of this process to the file.</summary>
    internal void UseThreads(int count) => Guard(() => _file.UseThreads(count));

    /// <summary>Limits the memory of a file that is open for reading until the result is disposed.</summary>
    internal IDisposable LimitMemory(string limit) => _file.LimitMemory(limit);

    /// <summary>Stops the running statement when the token is cancelled, until the result is disposed.</summary>
    internal IDisposable InterruptOn(CancellationToken cancellationToken) =>
        new StatementInterruption(Connection.NativeConnection, cancellationToken);

    /// <summary>Runs statements whose result does not matter.</summary>
    internal int Execute(string sql, object? parameters = null) => Guard(() => Connection.Execute(sql, parameters));

    /// <summary>Reads a short list to its end.</summary>
    internal IReadOnlyList<T> Query<T>(string sql, object? parameters = null) => Guard(() => Connection.Query<T>(sql, parameters).AsList());

    /// <summary>Reads one value.</summary>
    internal T Scalar<T>(string sql, object? parameters = null) => Guard(() => Connection.ExecuteScalar<T>(sql, parameters)!);

    /// <summary>Runs work in one transaction: all of it, or nothing.</summary>
    internal void InTransaction(Action work)
    {
        using var transaction = new WriteTransaction(this);
        work();
        transaction.Commit();
    }

    /// <summary>
    /// Lets nobody read the write-ahead log who cannot read the file itself. DuckDB creates the log with the first
    /// change after each checkpoint, and gives it the rights that are usual for this user.
    /// </summary>
    internal void ProtectLog() => OwnerOnly.RestrictLike(Path + ".wal", Path);

    /// <summary>Calls DuckDB and translates its failures.</summary>
    /// <exception cref="TandemException">One of <see cref="DatabaseErrors"/>.</exception>
    /// <exception cref="OperationCanceledException">The statement was interrupted.</exception>
    internal T Guard<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (DuckDBException error)
        {
            throw DatabaseFailure.Of(error.Message, Path, error);
        }
    }
}
