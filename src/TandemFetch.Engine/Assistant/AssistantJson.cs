using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TandemFetch.Engine.Assistant;

/// <summary>How results become JSON.</summary>
internal static class AssistantJson
{
    /// <summary>Names in snake_case, nulls written, enumerations as text.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new RoundedNumber() },
    };

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
