using Dapper;
using DuckDB.NET.Data;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// A file that is open for writing. It is attached to an in-memory DuckDB that is otherwise empty, because the size of
/// row groups can be chosen only for an attached file. Row groups matter only to the writer; for all others it is an
/// ordinary file.
/// </summary>
internal static class WritableAttachment
{
    /// <summary>The connection string's name for an in-memory DuckDB.</summary>
    public const string InMemory = ":memory:";

    private const string Name = "tandem";

    /// <summary>Attaches a file to an open in-memory DuckDB.</summary>
    /// <param name="connection">
    /// A connection to the in-memory DuckDB; afterwards, it is a connection to the file.
    /// </param>
    /// <param name="path">The file; created if it does not exist.</param>
    /// <exception cref="DuckDBException">The file cannot be opened.</exception>
    public static void Attach(DuckDBConnection connection, string path)
    {
        connection.Execute($"ATTACH {SqlText.Literal(path)} AS {Name} (ROW_GROUP_SIZE {RowGroup.Rows})");
        Use(connection);
    }

    /// <summary>Another connection to the same file.</summary>
    public static DuckDBConnection OpenSibling(DuckDBConnection connection)
    {
        var sibling = connection.Duplicate();
        sibling.Open();
        Use(sibling);
        return sibling;
    }

    private static void Use(DuckDBConnection connection) => connection.Execute($"USE {Name}");
}
