using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace TandemFetch.Sandbox.Nightscout;

/// <summary>A program or person with an access token of its own.</summary>
/// <param name="Name">The name; the token begins with its first ten letters.</param>
public sealed partial record NightscoutSubject(string Name)
{
    /// <summary>
    /// Names of built-in roles: admin, denied, status-only, readable, careportal, devicestatus-upload, activity.
    /// </summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>
    /// Permissions of a role of the subject's own, such as <c>api:treatments:create</c> or <c>*:*:read</c>.
    /// </summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>A subject that may do what docs/nightscout.md asks for, and nothing else.</summary>
    public static NightscoutSubject Uploader { get; } = new("uploader")
    {
        Permissions =
        [
            "*:*:read", "api:entries:create", "api:entries:delete", "api:treatments:create", "api:treatments:delete",
            "api:devicestatus:create", "api:devicestatus:delete", "api:profile:update", "api:profile:delete",
        ],
    };

    /// <summary>The access token, which depends on the server's secret.</summary>
    /// <param name="apiSecret">The server's secret.</param>
    public string TokenFor(string apiSecret)
    {
        var abbreviation = NotInWords().Replace(Name.ToLowerInvariant(), string.Empty);
        return $"{abbreviation[..Math.Min(10, abbreviation.Length)]}-{DigestFor(apiSecret)[..16]}";
    }

    internal string DigestFor(string apiSecret) => Sha1(Sha1(apiSecret) + Sha1(Name)[..24]);

    internal static string Sha1(string text) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(@"\W")]
    private static partial Regex NotInWords();
}
