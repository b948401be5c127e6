using System.Text.Json;

namespace TandemFetch.Engine.Source;

/// <summary>Reads text from responses whose fields may be missing, null or of an unexpected type.</summary>
internal static class JsonText
{
    /// <summary>The text of a property; a number as it is written; null for everything else.</summary>
    public static string? Of(JsonElement parent, string key)
    {
        if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(key, out var value))
        {
            return null;
        }

        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // A string that is not valid UTF-16, such as a lone surrogate.
            return null;
        }
    }
}
