using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TandemFetch.Sandbox.Nightscout.Documents;

/// <summary>
/// Takes dangerous HTML out of all texts. A text without an opening angle bracket stays as it is, ampersands included;
/// in others, characters that mean something in HTML are escaped.
/// </summary>
internal static partial class Purifier
{
    public static void Purify(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject document:
                foreach (var (name, value) in document.ToArray())
                {
                    if (Replacement(value) is { } clean)
                    {
                        document[name] = clean;
                    }
                }

                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (Replacement(list[i]) is { } clean)
                    {
                        list[i] = clean;
                    }
                }

                break;
        }
    }

    private static string? Replacement(JsonNode? value)
    {
        if (value?.GetValueKind() != JsonValueKind.String)
        {
            Purify(value);
            return null;
        }

        var text = value.GetValue<string>();
        var clean = Purify(text);
        return clean == text ? null : clean;
    }

    private static string Purify(string text)
    {
        if (!text.Contains('<', StringComparison.Ordinal))
        {
            return text;
        }

        var harmless = Handler().Replace(Dangerous().Replace(text, string.Empty), string.Empty);
        var escaped = BareAmpersand().Replace(harmless, "&amp;");
        escaped = BareOpening().Replace(escaped, "&lt;");
        return BareClosing().Replace(escaped, "&gt;");
    }

    [GeneratedRegex(
        @"<(script|style|iframe|object|embed|noscript)\b.*?(</\1\s*>|$)",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Dangerous();

    [GeneratedRegex(@"(?<=<[^<>]*)\son\w+\s*=\s*(""[^""]*""|'[^']*'|[^\s>]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();

    [GeneratedRegex(@"&(?!(#\d+|#x[0-9a-f]+|[a-z]+\d*);)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BareAmpersand();

    [GeneratedRegex("<(?![a-z/!])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BareOpening();

    [GeneratedRegex("(?<!<[^<>]*)>", RegexOptions.CultureInvariant)]
    private static partial Regex BareClosing();
}
