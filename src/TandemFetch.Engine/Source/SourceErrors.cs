using System.Collections.Frozen;

namespace TandemFetch.Engine.Source;

/// <summary>Ids of the failures that this room reports, for callers that tell them apart.</summary>
public static class SourceErrors
{
    /// <summary>The server kept failing on a date range; a smaller one may succeed.</summary>
    public const string RangeFailed = nameof(RangeFailed);

    /// <summary>The server did not accept e-mail and password. Never repeated: repeating locks the account.</summary>
    public const string SignInRejected = nameof(SignInRejected);

    /// <summary>The server has locked the account after too many sign-ins.</summary>
    public const string AccountLocked = nameof(AccountLocked);

    /// <summary>
    /// A step of the sign-in failed for another reason than the password; the message names the step.
    /// </summary>
    public const string SignInFailed = nameof(SignInFailed);

    /// <summary>The web firewall answered 403.</summary>
    public const string FirewallRefused = nameof(FirewallRefused);

    /// <summary>The id token does not hold: signature, issuer, audience, algorithm or times.</summary>
    public const string TokenInvalid = nameof(TokenInvalid);

    /// <summary>A request was answered with 401 although the sign-in just before it succeeded.</summary>
    public const string TokenRefused = nameof(TokenRefused);

    /// <summary>No connection to the server, or it broke before any answer.</summary>
    public const string ServerUnreachable = nameof(ServerUnreachable);

    /// <summary>The server answered with one failure after another to a request that has no range to shrink.</summary>
    public const string ServerFailed = nameof(ServerFailed);

    /// <summary>The server asks for a pause (429) and kept doing so.</summary>
    public const string RateLimited = nameof(RateLimited);

    /// <summary>404 or 410: the server no longer knows this request.</summary>
    public const string EndpointGone = nameof(EndpointGone);

    /// <summary>400 or another answer that says the request itself is at fault.</summary>
    public const string RequestRefused = nameof(RequestRefused);

    /// <summary>The answer is not the JSON it should be, again and again.</summary>
    public const string AnswerMalformed = nameof(AnswerMalformed);

    /// <summary>The server sent a request on to a host that is not one of the region's own.</summary>
    public const string RedirectRefused = nameof(RedirectRefused);

    /// <summary>The address given as endpoint cannot be used.</summary>
    public const string EndpointInvalid = nameof(EndpointInvalid);

    /// <summary>No e-mail and password anywhere.</summary>
    public const string CredentialsMissing = nameof(CredentialsMissing);

    /// <summary>A place names an e-mail without a password, or the reverse.</summary>
    public const string CredentialsIncomplete = nameof(CredentialsIncomplete);

    /// <summary>The credentials file is not TOML, or a key has the wrong type.</summary>
    public const string CredentialFileMalformed = nameof(CredentialFileMalformed);

    /// <summary>The credentials file cannot be read.</summary>
    public const string CredentialFileUnreadable = nameof(CredentialFileUnreadable);

    /// <summary>No region anywhere; there is no default.</summary>
    public const string RegionMissing = nameof(RegionMissing);

    /// <summary>A region that is neither US nor EU.</summary>
    public const string RegionUnknown = nameof(RegionUnknown);

    /// <summary>A stored token cannot be deleted.</summary>
    public const string TokenCacheLocked = nameof(TokenCacheLocked);

    private static readonly FrozenSet<string> SignInFailures = new[]
    {
        SignInRejected, AccountLocked, SignInFailed, TokenInvalid, TokenRefused, FirewallRefused, RateLimited,
    }.ToFrozenSet();

    /// <summary>
    /// Whether a loop must wait for its <see cref="SignInBackoff"/> before it tries again, lest it lock the account or
    /// be banned by the firewall.
    /// </summary>
    public static bool CallsForBackoff(string errorId) => SignInFailures.Contains(errorId);
}
