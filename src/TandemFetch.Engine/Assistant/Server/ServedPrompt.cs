using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TandemFetch.Engine.Assistant.Server;

/// <summary>A question that a client offers, with the steps to take for it.</summary>
/// <param name="name">Its name.</param>
/// <param name="title">Its name for people.</param>
/// <param name="description">What it asks for.</param>
/// <param name="arguments">What it can be given; each occurs in the text as its name in braces.</param>
/// <param name="text">The text.</param>
internal sealed class ServedPrompt(
    string name,
    string title,
    string description,
    IReadOnlyList<(string Name, string Description, string Usual)> arguments,
    string text) : McpServerPrompt
{
    private const int LongestArgument = 100;

    /// <inheritdoc/>
    public override Prompt ProtocolPrompt { get; } = new()
    {
        Name = name,
        Title = title,
        Description = description,
        Arguments =
        [
            .. arguments.Select(argument => new PromptArgument
            {
                Name = argument.Name,
                Description = $"{argument.Description}; by default {argument.Usual}.",
                Required = false,
            }),
        ],
    };

    /// <inheritdoc/>
    public override IReadOnlyList<object> Metadata => [];

    /// <inheritdoc/>
    public override ValueTask<GetPromptResult> GetAsync(
        RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken = default)
    {
        var filled = arguments.Aggregate(text, (so, argument) => so.Replace(
            $"{{{argument.Name}}}",
            ValueOf(request.Params, argument.Name) ?? argument.Usual,
            StringComparison.Ordinal));
        return ValueTask.FromResult(new GetPromptResult
        {
            Description = description,
            Messages = [new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = filled } }],
        });
    }

    private static string? ValueOf(GetPromptRequestParams? given, string argument) =>
        given?.Arguments is { } values && values.TryGetValue(argument, out var value)
            && value.ValueKind == System.Text.Json.JsonValueKind.String
            && value.GetString() is { Length: > 0 and <= LongestArgument } text
                ? text
                : null;
}
