using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using TandemFetch.Engine.Assistant;
using TandemFetch.Engine.Assistant.Results;
using TandemFetch.Engine.Assistant.Tools;

namespace TandemFetch.Engine.Tests.Assistant;

/// <summary>
/// The schemas that the server announces are those of its results. With <c>TANDEM_TESTS=renew</c>, this writes them.
/// </summary>
public sealed class ResultSchemaTests
{
    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void Each_tool_has_the_schema_of_what_it_returns()
    {
        if (Environment.GetEnvironmentVariable("TANDEM_TESTS") == "renew")
        {
            var schemas = new JsonObject(AssistantTools.All.Select(tool =>
                KeyValuePair.Create(tool.Name, (JsonNode?)SchemaOf(tool.Result))));
            File.WriteAllText(FileOfSchemas(), schemas.ToJsonString(Written) + "\n");
            return;
        }

        Assert.All(AssistantTools.All, tool => Assert.Equal(
            SchemaOf(tool.Result).ToJsonString(),
            JsonNode.Parse(ResultSchemas.Of(tool.Name).GetRawText())!.ToJsonString()));
    }

    private static JsonNode SchemaOf(Type type) =>
        AssistantJson.Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Transform,
        });

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = context.TypeInfo.Type;
        var node = type == typeof(double) || type == typeof(double?)
            ? new JsonObject { ["type"] = new JsonArray("number", "null") }
            : schema;
        var description = context.PropertyInfo?.AttributeProvider?
            .GetCustomAttributes(typeof(DescriptionAttribute), inherit: false)
            .OfType<DescriptionAttribute>().FirstOrDefault()?.Description;
        if (description is not null && node is JsonObject described)
        {
            described["description"] = description;
        }

        return node;
    }

    private static string FileOfSchemas([CallerFilePath] string source = "") => Path.GetFullPath(Path.Join(
        Path.GetDirectoryName(source), "../../../src/TandemFetch.Engine/Assistant/Results/schemas.json"));
}
