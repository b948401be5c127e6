using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Analytics;

/// <summary>The statements of the measures, one file each.</summary>
internal static class AnalysisSql
{
    /// <summary>What the measures have in common.</summary>
    public static string Macros { get; } =
        SqlResource.Read($"{typeof(AnalysisSql).Namespace}.Statements.macros.sql");

    /// <summary>A statement.</summary>
    /// <param name="part">The folder of the measure.</param>
    /// <param name="name">The file.</param>
    public static string Read(string part, string name) =>
        SqlResource.Read($"{typeof(AnalysisSql).Namespace}.{part}.Statements.{name}.sql");
}
