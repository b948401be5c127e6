using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TandemFetch.Sandbox.Nightscout.Queries;

/// <summary>
/// A condition on one field. As in MongoDB, a text and a number are never equal, and neither is greater.
/// </summary>
/// <param name="Field">The field; dots lead into a document.</param>
/// <param name="Operator">The operator, such as <c>$gte</c>.</param>
/// <param name="Value">A number, a text, a regular expression, or an array of these.</param>
internal sealed record Condition(string Field, string Operator, object Value)
{
    private static readonly HashSet<string> Known =
        ["$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$exists", "$regex"];

    public static bool IsKnown(string name) => Known.Contains(name);

    public bool IsMetBy(JsonObject document)
    {
        var value = ValueIn(document);
        return Operator switch
        {
            "$eq" => Any(value, v => Equal(v, Value)),
            "$ne" => !Any(value, v => Equal(v, Value)),
            "$gt" => Any(value, v => Compare(v, Value) > 0),
            "$gte" => Any(value, v => Compare(v, Value) >= 0),
            "$lt" => Any(value, v => Compare(v, Value) < 0),
            "$lte" => Any(value, v => Compare(v, Value) <= 0),
            "$in" => Any(value, v => List.Any(one => Equal(v, one))),
            "$nin" => !Any(value, v => List.Any(one => Equal(v, one))),

            // The value is a text, and any text counts as true, even "false".
            "$exists" => Exists(document),
            "$regex" => Any(value, v => Equal(v, Value)),
            _ => throw new QueryException($"unknown operator: {Operator}"),
        };
    }

    private object[] List => Value as object[] ?? throw new QueryException($"{Operator} needs an array");

    private static bool Any(JsonNode? value, Func<JsonNode?, bool> isMet) =>
        value is JsonArray list ? list.Any(isMet) : isMet(value);

    private static bool Equal(JsonNode? value, object wanted) =>
        wanted is Regex pattern
            ? value?.GetValueKind() == JsonValueKind.String && pattern.IsMatch(value.GetValue<string>())
            : Compare(value, wanted) == 0;

    /// <summary>Null if the two cannot be compared, which meets no condition.</summary>
    private static int? Compare(JsonNode? value, object wanted) => (value?.GetValueKind(), wanted) switch
    {
        (JsonValueKind.Number, double number) when !double.IsNaN(number) => value!.GetValue<double>().CompareTo(number),
        (JsonValueKind.String, string text) => string.CompareOrdinal(value!.GetValue<string>(), text),
        _ => null,
    };

    private bool Exists(JsonObject document)
    {
        var path = Field.Split('.');
        var holder = path[..^1].Aggregate((JsonNode?)document, (node, name) => (node as JsonObject)?[name]);
        return holder is JsonObject found && found.ContainsKey(path[^1]);
    }

    private JsonNode? ValueIn(JsonObject document) =>
        Field.Split('.').Aggregate((JsonNode?)document, (node, name) => (node as JsonObject)?[name]);
}
