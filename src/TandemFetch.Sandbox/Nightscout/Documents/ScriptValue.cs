using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TandemFetch.Sandbox.Nightscout.Documents;

/// <summary>Values as JavaScript takes them, in which Nightscout is written.</summary>
internal static class ScriptValue
{
    /// <summary>The result of <c>Number(…)</c> for a property; NaN if it is missing or no number.</summary>
    public static double NumberOf(JsonObject document, string name)
    {
        if (!document.TryGetPropertyValue(name, out var node))
        {
            return double.NaN;
        }

        return node?.GetValueKind() switch
        {
            null or JsonValueKind.Null or JsonValueKind.False => 0,
            JsonValueKind.True => 1,
            JsonValueKind.Number => node.AsValue().GetValue<double>(),
            JsonValueKind.String => NumberOf(node.GetValue<string>()),
            _ => double.NaN,
        };
    }

    /// <summary>The result of <c>Number(…)</c> for a text: 0 if it is blank, NaN if it is no number.</summary>
    public static double NumberOf(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            return 0;
        }

        const NumberStyles Style =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(trimmed, Style, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
    }

    /// <summary>The result of <c>parseInt(…)</c>: the whole number with which a text begins.</summary>
    public static double WholeNumberOf(string text)
    {
        var trimmed = text.AsSpan().TrimStart();
        var length = trimmed.Length > 0 && trimmed[0] is '-' or '+' ? 1 : 0;
        while (length < trimmed.Length && char.IsAsciiDigit(trimmed[length]))
        {
            length++;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign;
        return double.TryParse(trimmed[..length], Style, CultureInfo.InvariantCulture, out var number)
            ? number
            : double.NaN;
    }

    /// <summary>Whether a property counts as true: it is there, and neither null, false, 0 nor an empty text.</summary>
    public static bool IsTruthy(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.Number => node.GetValue<double>() != 0,
        JsonValueKind.String => node.GetValue<string>().Length > 0,
        _ => true,
    };

    /// <summary>A property's text, or null if it is of another type.</summary>
    public static string? TextOf(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
