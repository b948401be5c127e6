using Dapper;
using DuckDB.NET.Data;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// Checks the write-ahead log that a killed process left beside its file. For many rows written at once, the log has no
/// copy but refers to blocks of the file that contain them, and the file's header does not know these blocks yet.
/// </summary>
internal static class WalCheck
{
    private static readonly string SizeSql = SqlResource.Read("TandemFetch.Engine.Storage.Blocks.size.sql");
    private static readonly string LastSql = SqlResource.Read("TandemFetch.Engine.Storage.Blocks.last_of_table.sql");

    /// <summary>Whether there is a log.</summary>
    public static bool Exist(string path) => new FileInfo(path + ".wal") is { Exists: true, Length: > 0 };

    /// <summary>Checks that the blocks exist.</summary>
    /// <param name="connection">A read-only connection, so that the log is applied only in memory.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="TandemException"><see cref="DatabaseErrors.NotADatabase"/>: some do not exist.</exception>
    /// <exception cref="DuckDBException">DuckDB has detected it first.</exception>
    public static void Check(DuckDBConnection connection, string path)
    {
        var length = new FileInfo(path).Length;
        var (total, size) = connection.QuerySingle<(long, long)>(SizeSql);
        if (DuckDbHeader.Length + (total * size) <= length)
        {
            return;
        }

        // The last blocks may be free ones that were truncated; what matters is the blocks that contain data of tables.
        foreach (var (schema, name) in connection.Query<(string, string)>("SELECT schema_name, table_name FROM duckdb_tables()").AsList())
        {
            var table = $"{SqlText.Identifier(schema)}.{SqlText.Identifier(name)}";
            var last = connection.QuerySingle<long?>(LastSql, new { table }) ?? -1;
            if (DuckDbHeader.Length + ((last + 1) * size) > length)
            {
                throw DuckDbHeader.EndIsMissing(path, length);
            }
        }
    }
}
