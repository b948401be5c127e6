using System.Text.Json.Nodes;

namespace TandemFetch.Engine.Assistant.Tools;

/// <summary>
/// An argument of a tool; none is required by the protocol, so that what is wrong with it can be said.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in JSON Schema.</param>
/// <param name="Description">What it means.</param>
/// <param name="Values">The values that it can have; null if it is free.</param>
internal sealed record ToolArgument(
    string Name, string Type, string Description, IReadOnlyList<string>? Values = null)
{
    public static ToolArgument Since { get; } = new(
        "since",
        "string",
        "Beginning of the period: a date (2026-04-01), a date and time, or how long ago (24h, 14d, 8w), today, "
        + "yesterday. By default 14 days before its end.");

    public static ToolArgument Until { get; } = new(
        "until", "string", "End of the period, written in the same way; by default the newest entry.");

    public static ToolArgument Pump { get; } = new(
        "pump", "integer", "Number of a pump, as describe_data lists them; by default all pumps together.");

    public static ToolArgument Unit { get; } = new(
        "unit", "string", "Unit of glucose; by default mg/dL.", ["mg/dL", "mmol/L"]);

    public static ToolArgument Limit { get; } = new(
        "limit", "integer", "How many entries to return at most, the newest; by default 100.");

    /// <summary>Its schema.</summary>
    public JsonObject ToSchema()
    {
        var schema = new JsonObject { ["type"] = Type, ["description"] = Description };
        if (Values is not null)
        {
            schema["enum"] = new JsonArray([.. Values.Select(value => (JsonNode)value)]);
        }

        return schema;
    }
}
