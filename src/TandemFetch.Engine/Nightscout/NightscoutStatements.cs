using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Nightscout;

/// <summary>The statements of this namespace.</summary>
internal static class NightscoutStatements
{
    /// <summary>The text of a file in <c>Statements</c>.</summary>
    public static string Read(string name) =>
        SqlResource.Read($"{typeof(NightscoutStatements).Namespace}.Statements.{name}.sql");
}
