using System.Runtime.InteropServices;
using DuckDB.NET.Native;

namespace TandemFetch.Engine.Queries;

/// <summary>The parts of DuckDB's C interface for prepared statements that the bindings omit.</summary>
internal static partial class QueryNative
{
    private const string Library = "duckdb";

    /// <summary>The name of a parameter, without the <c>$</c>, or its number.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="index">The index, starting at 1.</param>
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

    [LibraryImport(Library, EntryPoint = "duckdb_parameter_name")]
    private static partial nint ParameterName(nint statement, ulong index);
}
