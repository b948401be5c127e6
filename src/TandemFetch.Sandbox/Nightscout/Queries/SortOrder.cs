using System.Text.Json;
using System.Text.Json.Nodes;

namespace TandemFetch.Sandbox.Nightscout.Queries;

/// <summary>An order that a query asks for: numbers before texts, and what has neither first.</summary>
/// <param name="Field">The field.</param>
/// <param name="Descending">Whether the greatest comes first.</param>
internal sealed record SortOrder(string Field, bool Descending)
{
    public IEnumerable<JsonObject> Apply(IEnumerable<JsonObject> documents) =>
        Descending ? documents.OrderByDescending(KeyOf) : documents.OrderBy(KeyOf);

    /// <summary>The order of <c>sort[field]=-1</c>; null if none is asked for.</summary>
    public static SortOrder? Read(JsonNode? sort) =>
        sort is JsonObject { Count: > 0 } fields
            ? new SortOrder(fields.First().Key, fields.First().Value?.ToString() is "-1" or "desc" or "descending")
            : null;

    private (int Kind, double Number, SortText Text) KeyOf(JsonObject document)
    {
        var value = document[Field];
        return value?.GetValueKind() switch
        {
            JsonValueKind.Number => (1, value.GetValue<double>(), default),
            JsonValueKind.String => (2, 0, new SortText(value.GetValue<string>())),
            _ => (0, 0, default),
        };
    }
}
