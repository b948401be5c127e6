using System.Text.Json;
using System.Text.Json.Nodes;

namespace TandemFetch.Engine.Assistant.Tools;

/// <summary>A tool: what the client is told of it, and what it does in the process of the calls.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Description">What it does.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Result">The type of its result.</param>
/// <param name="Run">Runs it.</param>
internal sealed record AssistantTool(
    string Name,
    string Title,
    string Description,
    IReadOnlyList<ToolArgument> Arguments,
    Type Result,
    Func<ToolCall, Task<ToolResult>> Run)
{
    /// <summary>The schema of its arguments.</summary>
    public JsonElement InputSchema => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(Arguments.Select(argument =>
            KeyValuePair.Create(argument.Name, (JsonNode?)argument.ToSchema()))),
        ["additionalProperties"] = false,
    });
}
