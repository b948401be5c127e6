using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using TandemFetch.Engine.Tests.Assistant;

namespace TandemFetch.Module.Tests.Support;

/// <summary>What a client of the assistant's server sends: mostly calls, and what is none.</summary>
/// <param name="Method">The method of the request; null for a line that is no request.</param>
/// <param name="Parameters">The parameters of the request, or the line.</param>
/// <param name="IsCancelled">Whether the client cancels the request at once.</param>
internal sealed record GeneratedMessage(string? Method, JsonNode? Parameters, bool IsCancelled = false)
{
    private const string Call = "tools/call";
    private const string Endless = "SELECT count(*) FROM range(1000000000000)";

    private static readonly Gen<GeneratedMessage> Query = Gen.Select(
        Gen.Frequency(
            (40, GeneratedCalls.Question),
            (40, GeneratedCalls.Statement),
            (18, GeneratedCalls.Damaged),
            (2, Gen.Select(GeneratedCalls.Statement, Gen.Int[1, 2_000], (sql, times) =>
                string.Join(" UNION ALL ", Enumerable.Repeat(sql, times))))),
        Gen.Frequency(
            (4, Gen.Const(() => new Dictionary<string, object?>())), (1, GeneratedCalls.Arguments(["limit"]))),
        (sql, others) =>
        {
            others["sql"] = sql;
            return OfTool("query", JsonSerializer.SerializeToNode(others));
        });

    private static readonly Gen<GeneratedMessage> Other = Gen.OneOf(
        GeneratedCalls.Pick("tools/list", "resources/list", "prompts/list", "ping", "no/such/method")
            .Select(method => new GeneratedMessage(method, new JsonObject())),
        GeneratedCalls.Pick("schema", "glossary", "true-time", "caution", "none")
            .Select(name =>
                new GeneratedMessage("resources/read", new JsonObject { ["uri"] = $"tandemfetch://{name}" })),
        Gen.Select(
            GeneratedCalls.Pick("prepare_visit", "explain_last_night", "compare_before_and_after", "none"),
            GeneratedCalls.Arguments(["weeks", "night", "day", "days", "surprise"]),
            (name, given) => new GeneratedMessage("prompts/get", new JsonObject
            {
                ["name"] = name,
                ["arguments"] = JsonSerializer.SerializeToNode(given),
            })),
        Gen.Select(GeneratedCalls.Pick(Call, "resources/read", "prompts/get"), GeneratedCalls.Value, (method, value) =>
            new GeneratedMessage(method, JsonSerializer.SerializeToNode(value))),
        Gen.Select(GeneratedCalls.Pick("query", "boluses", "no_such_tool"), GeneratedCalls.Value, (tool, value) =>
            OfTool(tool, JsonSerializer.SerializeToNode(value))));

    private static readonly Gen<GeneratedMessage> Line = Gen.OneOf(
        GeneratedCalls.Pick("", "{", "null", "[]", "7", "\"text\"", "{\"jsonrpc\":\"2.0\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":7}"),
        Gen.String.Select(text => text.Replace('\n', ' ').Replace('\r', ' ')),
        Gen.Int[1, 100_000].Select(length => new string('x', length)))
        .Select(line => new GeneratedMessage(null, line));

    /// <summary>Messages for a server.</summary>
    /// <param name="tools">Its tools with the names of their arguments.</param>
    public static Gen<GeneratedMessage> For(IReadOnlyDictionary<string, IReadOnlyList<string>> tools) => Gen.Frequency(
        (40, Query),
        (25, Gen.OneOf([.. tools.Select(tool => GeneratedCalls.Arguments(tool.Value.Append("surprise"))
            .Select(given => OfTool(tool.Key, JsonSerializer.SerializeToNode(given))))])),
        (20, Other),
        (13, Line),
        (2, Gen.Const(OfTool("query", new JsonObject { ["sql"] = Endless }) with { IsCancelled = true })));

    /// <summary>Whether it calls a tool.</summary>
    public bool IsCall => Method == Call;

    /// <summary>Whether it reads what a tool returns.</summary>
    public bool IsSchema =>
        Method == "resources/read" && ToLine(0).Contains("tandemfetch://schema", StringComparison.Ordinal);

    /// <summary>The message as a line.</summary>
    /// <param name="id">The number of the request.</param>
    public string ToLine(int id) => Method is null
        ? (string)Parameters!
        : new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = id,
            ["method"] = Method,
            ["params"] = Parameters?.DeepClone(),
        }.ToJsonString();

    private static GeneratedMessage OfTool(string name, JsonNode? arguments) =>
        new(Call, new JsonObject { ["name"] = name, ["arguments"] = arguments });
}
