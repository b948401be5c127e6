using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Lake;

/// <summary>The statements of lakes, one file each.</summary>
internal static class LakeStatements
{
    /// <summary>A statement.</summary>
    public static string Read(string name) =>
        SqlResource.Read($"{typeof(LakeStatements).Namespace}.Statements.{name}.sql");
}
