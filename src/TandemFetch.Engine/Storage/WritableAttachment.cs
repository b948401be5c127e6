using Dapper;
using DuckDB.NET.Data;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// A file that is open for writing. It is attached to a DuckDB of its own that is otherwise empty and in memory,
/// because the size of row groups can be chosen only for an attached file. Row groups are a matter of who writes them:
/// the file is an ordinary one for all others.
/// </summary>
internal static class WritableAttachment
{
    /// <summary>What connection strings call a DuckDB in memory.</summary>
    public const string InMemory = ":memory:";

    private const string Name = "tandem";

    /// <summary>Attaches a file to an open DuckDB in memory.</summary>
    /// <param name="connection">A connection to the DuckDB; it is to the file afterwards.</param>
    /// <param name="path">The file; it is made where there is none.</param>
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
