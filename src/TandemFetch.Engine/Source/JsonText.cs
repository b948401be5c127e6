using System.Text.Json;

namespace TandemFetch.Engine.Source;

/// <summary>Reads text from answers whose fields may be missing, null or of another type than they should be.</summary>
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
            // A string that is no valid UTF-16, such as a lone surrogate.
            return null;
        }
    }
}
