using DuckDB.NET.Data;

namespace TandemFetch.Engine.Storage;

/// <summary>A transaction: everything until <see cref="Commit"/>, or nothing.</summary>
internal sealed class WriteTransaction : IDisposable
{
    private readonly TandemDatabase _database;
    private readonly DuckDBTransaction _transaction;

    public WriteTransaction(TandemDatabase database)
    {
        _database = database;
        _transaction = database.Guard(() => database.Connection.BeginTransaction());
    }

    /// <summary>Commits what was done.</summary>
    /// <exception cref="TandemException">One of <see cref="DatabaseErrors"/>; then nothing is stored.</exception>
    public void Commit() => _database.Guard(() =>
    {
        _transaction.Commit();
        _database.ProtectLog();
        return true;
    });

    /// <summary>Rolls back what was not committed.</summary>
    public void Dispose()
    {
        try
        {
            _transaction.Dispose();
        }
        catch (DuckDBException)
        {
            // After a disk failure, DuckDB refuses even this, and rolls back when the file is opened again. The caller
            // must get the original failure.
        }
    }
}
