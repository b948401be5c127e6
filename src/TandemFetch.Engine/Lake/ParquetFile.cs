using Dapper;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Lake;

/// <summary>Writes the Parquet files of a lake.</summary>
internal static class ParquetFile
{
    /// <summary>Writes rows into an existing file.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="rows">The rows as SQL, in their order.</param>
    /// <param name="path">The file.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="DuckDB.NET.Data.DuckDBException">It could not be written.</exception>
    public static long Write(TandemDatabase session, string rows, string path) =>
        // This bypasses the database's own translation of failures, because it is the lake that failed.
        session.Connection.Execute(
            $"COPY ({rows}) TO {SqlText.Literal(path)} "
            + "(FORMAT parquet, PARQUET_VERSION V1, COMPRESSION zstd, USE_TMP_FILE false)");
}
