using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TandemFetch.Engine.Source;

/// <summary>
/// Validates an id token: signed with RS256 by a key of the server, for our client, by the correct issuer, at this
/// time. The algorithm is fixed, since a token may specify its own: <c>none</c> would need no key, and HS256 would use
/// the public key as a secret.
/// </summary>
internal static class IdTokenCheck
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    /// <summary>The pumper id that the token carries.</summary>
    /// <exception cref="TandemException"><see cref="SourceErrors.TokenInvalid"/>.</exception>
    public static async Task<string> ReadPumperIdAsync(
        string idToken,
        string keySet,
        SourceEndpoints endpoints,
        DateTimeOffset now)
    {
        var parameters = new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            RequireSignedTokens = true,
            IssuerSigningKeys = KeysIn(keySet),
            ValidateIssuerSigningKey = true,
            TryAllIssuerSigningKeys = true,
            ValidIssuer = endpoints.Issuer,
            ValidAudience = endpoints.ClientId,
            RequireAudience = true,
            RequireExpirationTime = true,

            // Checked below against our own clock, to report by how much it is off.
            ValidateLifetime = false,
        };
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }
            .ValidateTokenAsync(idToken, parameters)
            .ConfigureAwait(false);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken token)
        {
            throw Invalid(Explain(result.Exception));
        }

        CheckTimes(token, now);
        return IdIn(token, "pumperId") is { } pumperId && IdIn(token, "accountId") is not null
            ? pumperId
            : throw Invalid("it does not identify the account");
    }

    private static List<SecurityKey> KeysIn(string keySet)
    {
        try
        {
            return JsonWebKeySet.Create(keySet).Keys
                .Where(key => key.Kty == JsonWebAlgorithmsKeyTypes.RSA && key.Use is null or "" or "sig")
                .ToList<SecurityKey>();
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            throw Invalid("the server's list of keys cannot be read");
        }
    }

    private static void CheckTimes(JsonWebToken token, DateTimeOffset now)
    {
        var expires = Claim(token, JwtRegisteredClaimNames.Exp) ?? throw Invalid("it has no expiry");
        var begins = new[] { Claim(token, JwtRegisteredClaimNames.Nbf), Claim(token, JwtRegisteredClaimNames.Iat) }.Max();

        // The token was issued a moment ago, so if its times do not fit, this machine's clock is wrong.
        if (begins is { } begin && now < begin - Skew)
        {
            throw WrongClock($"at least {InWords(begin - now)} behind", now);
        }

        if (now >= expires + Skew)
        {
            throw WrongClock($"probably {InWords(now - (begins ?? expires))} ahead", now);
        }
    }

    private static DateTimeOffset? Claim(JsonWebToken token, string name) =>
        token.TryGetPayloadValue<long>(name, out var seconds) && seconds is > 0 and < 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static string? IdIn(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<string>(claim, out var id) && id is not null && SourceEndpoints.IsId(id) ? id : null;

    // The library's own messages can quote the token.
    private static string Explain(Exception? problem) => problem switch
    {
        SecurityTokenInvalidAlgorithmException => "its algorithm is not RS256",
        SecurityTokenInvalidIssuerException => "it has a different issuer",
        SecurityTokenInvalidAudienceException => "it was issued for another client",
        SecurityTokenSignatureKeyNotFoundException => "it is signed with a key that the server does not publish",
        SecurityTokenInvalidSignatureException => "its signature is missing or wrong",
        SecurityTokenNoExpirationException => "it has no expiry",
        _ => "it is not a signed token of this server",
    };

    private static string InWords(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => $"{span.TotalDays:0} days",
        { TotalHours: >= 2 } => $"{span.TotalHours:0} hours",
        { TotalMinutes: >= 2 } => $"{span.TotalMinutes:0} minutes",
        _ => $"{span.TotalSeconds:0} seconds",
    };

    private static TandemException WrongClock(string how, DateTimeOffset now) => new(
        SourceErrors.TokenInvalid,
        TandemErrorKind.Authentication,
        "The id token that the server has just issued is not valid at this machine's time, "
        + $"{now.UtcDateTime:u}: the machine's clock is {how}. Correct it and sign in again.");

    private static TandemException Invalid(string why) => new(
        SourceErrors.TokenInvalid,
        TandemErrorKind.Authentication,
        $"The id token of the sign-in was rejected: {why}. "
        + "If this machine is behind a proxy that inspects TLS, that may be the reason.");
}
