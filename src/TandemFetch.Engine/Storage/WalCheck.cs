using Dapper;
using DuckDB.NET.Data;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// A process that was killed leaves a log beside its file. Of many rows at once the log has no copy, but says in which
/// blocks of the file they are, and these the file's header does not know yet.
/// </summary>
internal static class WalCheck
{
    private static readonly string SizeSql = SqlResource.Read("TandemFetch.Engine.Storage.Blocks.size.sql");
    private static readonly string LastSql = SqlResource.Read("TandemFetch.Engine.Storage.Blocks.last_of_table.sql");

    /// <summary>Whether there is a log.</summary>
    public static bool Exist(string path) => new FileInfo(path + ".wal") is { Exists: true, Length: > 0 };

    /// <summary>Makes sure that the blocks are there.</summary>
    /// <param name="connection">A connection that can only read, so that the log is followed in memory alone.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="TandemException"><see cref="DatabaseErrors.NotADatabase"/>: some are not.</exception>
    /// <exception cref="DuckDBException">DuckDB has noticed it first.</exception>
    public static void Check(DuckDBConnection connection, string path)
    {
        var length = new FileInfo(path).Length;
        var (total, size) = connection.QuerySingle<(long, long)>(SizeSql);
        if (DuckDbHeader.Length + (total * size) <= length)
        {
            return;
        }

        // The last blocks may be unused ones that were cut off: what the tables have is what counts.
        foreach (var table in connection.Query<string>("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'").AsList())
        {
            var last = connection.QuerySingle<long?>(LastSql, new { table = SqlText.Identifier(table) }) ?? -1;
            if (DuckDbHeader.Length + ((last + 1) * size) > length)
            {
                throw DuckDbHeader.EndIsMissing(path, length);
            }
        }
    }
}
