using System.Text.Json;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Assistant.Results;

/// <summary>
/// The schemas of the results. A test writes them, because making them from the types takes a third of the server's
/// start.
/// </summary>
internal static class ResultSchemas
{
    private static readonly JsonElement All = JsonDocument
        .Parse(SqlResource.Read("TandemFetch.Engine.Assistant.Results.schemas.json")).RootElement;

    /// <summary>The schema of what a tool returns.</summary>
    public static JsonElement Of(string tool) => All.GetProperty(tool);
}
