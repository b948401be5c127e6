using System.Text.RegularExpressions;
using Dapper;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Lake;

/// <summary>The Parquet files of a lake.</summary>
internal static partial class ParquetFile
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

    /// <summary>Whether a file is there and says what columns it has.</summary>
    /// <exception cref="OperationCanceledException">The statement was interrupted.</exception>
    public static bool IsReadable(TandemDatabase session, string path)
    {
        try
        {
            return session.Scalar<long>($"SELECT count(*) FROM parquet_schema({Literal(path)})") > 0;
        }
        catch (TandemException)
        {
            return false;
        }
    }

    /// <summary>A path for functions that read files, which would take some characters for wildcards.</summary>
    public static string Literal(string path) => SqlText.Literal(Wildcard().Replace(path, "[$0]"));

    [GeneratedRegex(@"[*?\[]")]
    private static partial Regex Wildcard();
}
