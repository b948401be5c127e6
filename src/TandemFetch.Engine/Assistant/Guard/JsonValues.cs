using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace TandemFetch.Engine.Assistant.Guard;

/// <summary>Values of DuckDB as JSON. What JSON has no number for is null or text.</summary>
internal static class JsonValues
{
    /// <summary>The longest text of a value, characters.</summary>
    private const int LongestText = 8_000;

    private const string Date = "Date";

    /// <summary>A value as JSON.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type of its column.</param>
    public static JsonNode? Of(object? value, string type = "") => value switch
    {
        null => null,
        bool flag => JsonValue.Create(flag),
        string text => JsonValue.Create(Shortened(text)),
        double number => double.IsFinite(number) ? JsonValue.Create(number) : null,
        float number => float.IsFinite(number) ? JsonValue.Create(number) : null,
        decimal number => JsonValue.Create(number),
        sbyte or byte or short or ushort or int or uint or long =>
            JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        ulong number => JsonValue.Create(number),
        BigInteger number when number >= long.MinValue && number <= long.MaxValue => JsonValue.Create((long)number),
        DateTime time => JsonValue.Create(time.ToString(
            type == Date ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)),
        DateTimeOffset time => JsonValue.Create(
            time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture)),
        byte[] bytes => JsonValue.Create($"{bytes.Length} bytes"),
        IDictionary map => OfMap(map),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(element => Of(element))]),
        IFormattable other => JsonValue.Create(other.ToString(null, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(Shortened(value.ToString() ?? "")),
    };

    private static JsonObject OfMap(IDictionary map)
    {
        var members = new JsonObject();
        foreach (DictionaryEntry member in map)
        {
            members[Convert.ToString(member.Key, CultureInfo.InvariantCulture) ?? ""] = Of(member.Value);
        }

        return members;
    }

    private static string Shortened(string text) =>
        text.Length > LongestText ? $"{text[..LongestText]}… ({text.Length} characters)" : text;
}
