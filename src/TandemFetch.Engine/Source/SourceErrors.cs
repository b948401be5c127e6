using System.Collections.Frozen;

namespace TandemFetch.Engine.Source;

/// <summary>Error ids of sessions with Tandem Source, for callers that distinguish them.</summary>
public static class SourceErrors
{
    /// <summary>The server kept failing on a date range; a smaller one may succeed.</summary>
    public const string RangeFailed = nameof(RangeFailed);

    /// <summary>
    /// The server did not accept the e-mail address and password. Never retried, because repeating them locks the
    /// account.
    /// </summary>
    public const string SignInRejected = nameof(SignInRejected);

    /// <summary>The server has locked the account after too many sign-ins.</summary>
    public const string AccountLocked = nameof(AccountLocked);

    /// <summary>
    /// A step of the sign-in failed for a reason other than the password; the message names the step.
    /// </summary>
    public const string SignInFailed = nameof(SignInFailed);

    /// <summary>The web firewall responded with 403.</summary>
    public const string FirewallRefused = nameof(FirewallRefused);

    /// <summary>The id token is invalid: signature, issuer, audience, algorithm or times.</summary>
    public const string TokenInvalid = nameof(TokenInvalid);

    /// <summary>The response was 401 although the sign-in just before it succeeded.</summary>
    public const string TokenRefused = nameof(TokenRefused);

    /// <summary>There was no connection to the server, or it broke before any response.</summary>
    public const string ServerUnreachable = nameof(ServerUnreachable);

    /// <summary>The server responded with one failure after another to a request that has no range to reduce.</summary>
    public const string ServerFailed = nameof(ServerFailed);

    /// <summary>The server limited requests (429) and continued to do so.</summary>
    public const string RateLimited = nameof(RateLimited);

    /// <summary>404 or 410: the server does not know this request.</summary>
    public const string EndpointGone = nameof(EndpointGone);

    /// <summary>400 or another response that means that the request itself is wrong.</summary>
    public const string RequestRefused = nameof(RequestRefused);

    /// <summary>The response was repeatedly not the expected JSON.</summary>
    public const string AnswerMalformed = nameof(AnswerMalformed);

    /// <summary>The server redirected a request to a host outside the region.</summary>
    public const string RedirectRefused = nameof(RedirectRefused);

    /// <summary>The endpoint address cannot be used.</summary>
    public const string EndpointInvalid = nameof(EndpointInvalid);

    /// <summary>There is no e-mail address and password anywhere.</summary>
    public const string CredentialsMissing = nameof(CredentialsMissing);

    /// <summary>A place has an e-mail address without a password, or the reverse.</summary>
    public const string CredentialsIncomplete = nameof(CredentialsIncomplete);

    /// <summary>Tokens of several accounts are stored, and nothing specifies which account to use.</summary>
    public const string AccountAmbiguous = nameof(AccountAmbiguous);

    /// <summary>The credentials file is not TOML, or a key has the wrong type.</summary>
    public const string CredentialFileMalformed = nameof(CredentialFileMalformed);

    /// <summary>The credentials file cannot be read.</summary>
    public const string CredentialFileUnreadable = nameof(CredentialFileUnreadable);

    /// <summary>There is no region anywhere; there is no default.</summary>
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
    /// Whether a loop must wait for its <see cref="SignInBackoff"/> before it tries again, because otherwise it could
    /// lock the account or be banned by the firewall.
    /// </summary>
    public static bool CallsForBackoff(string errorId) => SignInFailures.Contains(errorId);
}
