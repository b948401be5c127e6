using System.Runtime.InteropServices;
using DuckDB.NET.Native;

namespace TandemFetch.Engine.Queries;

/// <summary>What DuckDB's C interface tells of a prepared statement and the bindings leave out.</summary>
internal static partial class QueryNative
{
    private const string Library = "duckdb";

    /// <summary>What sort of statement it is.</summary>
    public static DuckDBStatementType TypeOf(DuckDBPreparedStatement statement) =>
        (DuckDBStatementType)PreparedStatementType(statement.DangerousGetHandle());

    /// <summary>The name of a parameter, without the <c>$</c>, or its number.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="index">Counted from 1.</param>
    public static string? ParameterNameOf(DuckDBPreparedStatement statement, int index)
    {
        var name = ParameterName(statement.DangerousGetHandle(), (ulong)index);
        try
        {
            return Marshal.PtrToStringUTF8(name);
        }
        finally
        {
            NativeMethods.Helpers.DuckDBFree(name);
        }
    }

    [LibraryImport(Library, EntryPoint = "duckdb_prepared_statement_type")]
    private static partial int PreparedStatementType(nint statement);

    [LibraryImport(Library, EntryPoint = "duckdb_parameter_name")]
    private static partial nint ParameterName(nint statement, ulong index);
}
