using DuckDB.NET.Data;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// A file that is open for writing. It is attached to a DuckDB of its own that is otherwise empty and in memory, because the size of row groups
/// can be chosen only for an attached file. Row groups are a matter of who writes them: the file is an ordinary one for all others.
/// </summary>
internal static class AttachedFile
{
    /// <summary>What connection strings call a DuckDB in memory.</summary>
    public const string InMemory = ":memory:";

    private const string Name = "tandem";

    /// <summary>Opens a file for writing.</summary>
    /// <param name="path">The file; it is made where there is none.</param>
    /// <param name="settings">A connection string of a DuckDB in memory.</param>
    /// <exception cref="DuckDBException">The file cannot be opened.</exception>
    public static DuckDBConnection Open(string path, string settings)
    {
        var connection = new DuckDBConnection(settings);
        try
        {
            connection.Open();
            Execute(connection, $"ATTACH '{path.Replace("'", "''")}' AS {Name} (ROW_GROUP_SIZE {Schema.RowGroup}, STORAGE_VERSION 'latest')");
            Execute(connection, $"USE {Name}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Another connection to the file of an open one, whether that is attached or can only be read.</summary>
    public static DuckDBConnection OpenSibling(DuckDBConnection connection)
    {
        var isAttached = connection.DataSource == InMemory;
        var sibling = isAttached ? connection.Duplicate() : new DuckDBConnection(connection.ConnectionString);
        sibling.Open();
        if (isAttached)
        {
            Execute(sibling, $"USE {Name}");
        }

        return sibling;
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
