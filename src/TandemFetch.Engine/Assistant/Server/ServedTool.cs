using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using TandemFetch.Engine.Assistant.Results;
using TandemFetch.Engine.Assistant.Tools;

namespace TandemFetch.Engine.Assistant.Server;

/// <summary>A tool as the protocol knows it.</summary>
/// <param name="tool">The tool.</param>
/// <param name="calls">Runs it.</param>
internal sealed class ServedTool(AssistantTool tool, AuditedCalls calls) : McpServerTool
{
    /// <inheritdoc/>
    public override Tool ProtocolTool { get; } = new()
    {
        Name = tool.Name,
        Title = tool.Title,
        Description = tool.Description,
        InputSchema = tool.InputSchema,
        OutputSchema = ResultSchemas.Of(tool.Name),
        Annotations = new ToolAnnotations
        {
            Title = tool.Title,
            ReadOnlyHint = true,
            DestructiveHint = false,
            IdempotentHint = true,
            OpenWorldHint = false,
        },
    };

    /// <inheritdoc/>
    public override IReadOnlyList<object> Metadata => [];

    /// <inheritdoc/>
    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        var arguments = new JsonObject((request.Params?.Arguments ?? new Dictionary<string, JsonElement>())
            .Select(argument => KeyValuePair.Create(argument.Key, JsonNode.Parse(argument.Value.GetRawText()))));
        var response = await calls
            .RunAsync(tool.Name, JsonSerializer.SerializeToElement(arguments), cancellationToken).ConfigureAwait(false);
        return response.Result is { } result
            ? new CallToolResult
            {
                StructuredContent = result,
                Content = [new TextContentBlock { Text = result.GetRawText() }],
            }
            : new CallToolResult
            {
                IsError = true,
                Content = [new TextContentBlock { Text = response.Error ?? "The call failed." }],
            };
    }
}
