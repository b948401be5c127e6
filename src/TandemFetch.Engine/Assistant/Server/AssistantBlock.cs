using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TandemFetch.Records;

namespace TandemFetch.Engine.Assistant.Server;

/// <summary>The block with which a client is told of the server.</summary>
public static class AssistantBlock
{
    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the block.</summary>
    /// <param name="client">Whose form it has.</param>
    /// <param name="name">The name of the server.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Its additional environment variables.</param>
    public static string Write(
        AssistantClient client,
        string name,
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment)
    {
        var server = new JsonObject
        {
            ["command"] = program,
            ["args"] = new JsonArray([.. arguments.Select(argument => (JsonNode)argument)]),
        };
        if (environment.Count > 0)
        {
            server["env"] = new JsonObject(environment.Select(variable =>
                KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value)));
        }

        if (client == AssistantClient.VSCode)
        {
            server.Insert(0, "type", "stdio");
        }

        var servers = client == AssistantClient.VSCode ? "servers" : "mcpServers";
        return new JsonObject { [servers] = new JsonObject { [name] = server } }.ToJsonString(Written);
    }
}
