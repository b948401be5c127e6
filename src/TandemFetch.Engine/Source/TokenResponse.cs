using System.Globalization;
using System.Text.Json;

namespace TandemFetch.Engine.Source;

/// <summary>
/// The response of the token endpoint, as far as it has the correct types. Not a record, which would print its secrets.
/// </summary>
internal sealed class TokenResponse
{
    private const int LongestLifetime = 30 * 24 * 3600;

    public string? Error { get; private init; }

    public string? AccessToken { get; private init; }

    public string? IdToken { get; private init; }

    /// <summary>How long the access token lives, or null if that is not specified or makes no sense.</summary>
    public TimeSpan? Lifetime { get; private init; }

    /// <summary>Reads the response; returns null if it is not a JSON object.</summary>
    public static TokenResponse? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object
                ? null
                : new TokenResponse
                {
                    Error = JsonText.Of(root, "error"),
                    AccessToken = Printable(JsonText.Of(root, "access_token")),
                    IdToken = Printable(JsonText.Of(root, "id_token")),
                    Lifetime = Seconds(JsonText.Of(root, "expires_in")),
                };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// The token if it is valid in a header, where a line break would begin another one; otherwise null.
    /// </summary>
    public static string? Printable(string? token) =>
        token is not null && token.All(c => c is > ' ' and < '\x7f') ? token : null;

    private static TimeSpan? Seconds(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, LongestLifetime))
            : null;
}
