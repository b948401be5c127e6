using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TandemFetch.Engine.Assistant;

/// <summary>How results become JSON, and the schema that they keep to.</summary>
internal static class AssistantJson
{
    /// <summary>Names in snake_case, nulls written, enumerations as text.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new RoundedNumber() },
    };

    /// <summary>The schema of a result.</summary>
    public static JsonElement SchemaOf(Type type)
    {
        var schema = Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Transform,
        });
        return JsonSerializer.SerializeToElement(schema);
    }

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

    /// <summary>Six decimal places are more than any measure needs; JSON has no NaN.</summary>
    private sealed class RoundedNumber : JsonConverter<double>
    {
        private const int Digits = 6;

        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(Math.Round(value, Digits));
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
