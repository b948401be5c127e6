using Dapper;
using DuckDB.NET.Data;

namespace TandemFetch.Engine.Storage;

/// <summary>A transaction in which DuckDB prevents writing. It leaves nothing behind.</summary>
internal sealed class ReadTransaction : IDisposable
{
    private readonly TandemDatabase _database;

    public ReadTransaction(TandemDatabase database)
    {
        _database = database;
        database.Execute("BEGIN TRANSACTION READ ONLY");
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        try
        {
            _database.Connection.Execute("ROLLBACK");
        }
        catch (DuckDBException)
        {
            // After a fatal error, DuckDB refuses even this. The caller must get the original failure.
        }
    }
}
