using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace TandemFetch.Engine.Nightscout;

/// <summary>
/// What authorizes requests: the API secret of a site, which is sent as its SHA-1 hash, or an access token. Both go
/// into the header <c>api-secret</c> and nowhere else.
/// </summary>
public sealed partial class NightscoutCredential
{
    private NightscoutCredential(string header, bool isToken) => (Header, IsToken) = (header, isToken);

    /// <summary>The value of the header.</summary>
    internal string Header { get; }

    /// <summary>Whether it is an access token, which has roles; the API secret may do everything.</summary>
    internal bool IsToken { get; }

    /// <summary>Uses the API secret of a site.</summary>
    /// <exception cref="TandemException"><see cref="NightscoutErrors.CredentialInvalid"/>.</exception>
    public static NightscoutCredential OfSecret(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Length == 0)
        {
            throw Invalid("The API secret is empty");
        }

        // What Nightscout compares is this hash; the secret itself never leaves this machine.
#pragma warning disable CA5350
        var hash = SHA1.HashData(Encoding.UTF8.GetBytes(secret));
#pragma warning restore CA5350
        return new NightscoutCredential(Convert.ToHexString(hash).ToLowerInvariant(), isToken: false);
    }

    /// <summary>Uses an access token, such as <c>tandemfetch-0123456789abcdef</c>.</summary>
    /// <exception cref="TandemException"><see cref="NightscoutErrors.CredentialInvalid"/>.</exception>
    public static NightscoutCredential OfToken(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        var text = token.Trim();
        return text.Length > 0 && text.All(character => character is > ' ' and < '\x7f')
            ? new NightscoutCredential(text, isToken: true)
            : throw Invalid("The access token is empty or has characters that no token has");
    }

    /// <summary>Uses a text that may be either, such as a secret in a vault: access tokens have a form of their own.
    /// </summary>
    /// <exception cref="TandemException"><see cref="NightscoutErrors.CredentialInvalid"/>.</exception>
    public static NightscoutCredential Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Token().IsMatch(text.Trim()) ? OfToken(text) : OfSecret(text);
    }

    /// <summary>Contains nothing secret.</summary>
    public override string ToString() => IsToken ? "access token" : "API secret";

    private static TandemException Invalid(string why) => new(
        NightscoutErrors.CredentialInvalid,
        TandemErrorKind.Authentication,
        $"{why}. The API secret is what the site's administrator has set as API_SECRET; Admin Tools of the site list "
        + "the access tokens.");

    [GeneratedRegex(@"\A\S+-[0-9a-f]{16}\z")]
    private static partial Regex Token();
}
