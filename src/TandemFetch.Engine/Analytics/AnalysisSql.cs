using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Analytics;

/// <summary>The statements of the measures, one file each.</summary>
internal static class AnalysisSql
{
    /// <summary>What the measures have in common.</summary>
    public static string Macros { get; } =
        SqlResource.Read($"{typeof(AnalysisSql).Namespace}.Statements.macros.sql");

    /// <summary>The entries of the log, whose times a table or query has.</summary>
    /// <param name="source">The table, or the query in parentheses.</param>
    public static string EntriesOf(string source) => SqlResource
        .Read($"{typeof(AnalysisSql).Namespace}.Statements.entries.sql")
        .Replace("{entries}", source, StringComparison.Ordinal);

    /// <summary>A statement.</summary>
    /// <param name="part">The folder of the measure.</param>
    /// <param name="name">The file.</param>
    public static string Read(string part, string name) =>
        SqlResource.Read($"{typeof(AnalysisSql).Namespace}.{part}.Statements.{name}.sql");
}
