using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using TandemFetch.Engine.Assistant.Tools;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Assistant.Server;

/// <summary>The server: tools, texts and prompts for one client.</summary>
public static class AssistantServer
{
    private const string Name = "tandemfetch";
    private const string Texts = "TandemFetch.Engine.Assistant.Texts.";

    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new JsonObject());

    /// <summary>Serves the standard input until it ends.</summary>
    /// <param name="scope">What the client may see.</param>
    /// <param name="limits">How much a call may take.</param>
    /// <param name="audit">The file in which each call is written.</param>
    /// <param name="output">The standard output, taken.</param>
    /// <param name="cancellationToken">Ends the server.</param>
    /// <exception cref="TandemException"><see cref="AssistantErrors.AuditFailed"/>.</exception>
    public static Task RunOnStandardStreamsAsync(
        AssistantScope scope,
        AssistantLimits limits,
        AuditFile audit,
        StandardOutput output,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        return RunAsync(scope, limits, audit, Console.OpenStandardInput(), output.Stream, cancellationToken);
    }

    /// <summary>Serves a client until its requests end.</summary>
    /// <param name="scope">What the client may see.</param>
    /// <param name="limits">How much a call may take.</param>
    /// <param name="audit">The file in which each call is written.</param>
    /// <param name="input">The requests.</param>
    /// <param name="output">The responses.</param>
    /// <param name="cancellationToken">Ends the server.</param>
    /// <exception cref="TandemException"><see cref="AssistantErrors.AuditFailed"/>.</exception>
    public static async Task RunAsync(
        AssistantScope scope,
        AssistantLimits limits,
        AuditFile audit,
        Stream input,
        Stream output,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(audit);
        audit.Check();
        using var runner = new CallRunner(scope, limits);
        var preparation = runner.PrepareAsync(cancellationToken);
        var options = Options(new AuditedCalls(runner, audit, scope.Database));

        // Nobody waits for a call in progress any more when the requests end, and the server would not end before it.
        var requests = new ClientInput(input, runner.Stop);
        var transport = new StreamServerTransport(requests, output, Name);
        await using (transport.ConfigureAwait(false))
        {
            var server = McpServer.Create(transport, options);
            await using (server.ConfigureAwait(false))
            {
                await server.RunAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        // A process that does not start fails the calls, and not the server.
        await preparation.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static McpServerOptions Options(AuditedCalls calls) => new()
    {
        ServerInfo = new Implementation
        {
            Name = Name,
            Title = "TandemFetch",
            Version = typeof(AssistantServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
                .InformationalVersion.Split('+')[0],
        },
        ServerInstructions = Text("instructions"),
        ToolCollection = [.. AssistantTools.All.Select(tool => new ServedTool(tool, calls))],
        ResourceCollection = [.. Resources(calls)],
        PromptCollection = [.. Prompts()],
    };

    private static IEnumerable<McpServerResource> Resources(AuditedCalls calls)
    {
        const string Markdown = "text/markdown";
        yield return new ServedText(
            "schema",
            "Schema",
            "The tables that the tool query can read, with their columns and units.",
            "application/json",
            async cancellationToken =>
            {
                var response = await calls.RunAsync("describe_data", Nothing, cancellationToken).ConfigureAwait(false);
                return response.Result?.GetRawText() ?? JsonSerializer.Serialize(new { error = response.Error });
            });
        yield return new ServedText(
            "glossary", "Glossary", "The terms of pumps, sensors and measures.", Markdown, _ => TextAsync("glossary"));
        yield return new ServedText(
            "true-time", "True time", "How times are to be read.", Markdown, _ => TextAsync("true_time"));
        yield return new ServedText(
            "caution", "Not for treatment decisions", "What this data is not for.", Markdown,
            _ => TextAsync("caution"));
    }

    private static IEnumerable<McpServerPrompt> Prompts()
    {
        yield return new ServedPrompt(
            "prepare_visit",
            "Prepare a visit",
            "An overview of the last weeks for a visit to the diabetes team.",
            [("weeks", "How many weeks", "4")],
            Text("prepare_visit"));
        yield return new ServedPrompt(
            "explain_last_night",
            "Explain last night",
            "What happened in a night, step by step.",
            [("night", "The morning on which the night ended, as a date", "today")],
            Text("explain_last_night"));
        yield return new ServedPrompt(
            "compare_before_and_after",
            "Compare before and after",
            "Whether something changed after a day.",
            [
                ("day", "The day of the change", "14 days before the newest entry"),
                ("days", "How many days on each side", "14"),
            ],
            Text("compare_before_and_after"));
    }

    private static Task<string> TextAsync(string name) => Task.FromResult(Text(name));

    private static string Text(string name) => SqlResource.Read($"{Texts}{name}.md");
}
