using DuckDB.NET.Data;

namespace TandemFetch.Engine.Storage;

/// <summary>All that happens until <see cref="Commit"/>, or nothing.</summary>
internal sealed class WriteTransaction : IDisposable
{
    private readonly TandemDatabase _database;
    private readonly DuckDBTransaction _transaction;

    public WriteTransaction(TandemDatabase database)
    {
        _database = database;
        _transaction = database.Guard(() => database.Connection.BeginTransaction());
    }

    /// <summary>Keeps what was done.</summary>
    /// <exception cref="TandemException">One of <see cref="DatabaseErrors"/>; then nothing of it is kept.</exception>
    public void Commit() => _database.Guard(() =>
    {
        _transaction.Commit();
        return true;
    });

    /// <summary>Takes back what was not committed.</summary>
    public void Dispose()
    {
        try
        {
            _transaction.Dispose();
        }
        catch (DuckDBException)
        {
            // After a failure of the disk DuckDB refuses even this, and takes it back when the file is opened again.
            // What the caller must hear of is the failure before.
        }
    }
}
