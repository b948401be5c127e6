using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TandemFetch.Sandbox.Nightscout.Access;

/// <summary>The JWTs that stand for access tokens; good for 8 hours.</summary>
internal sealed class SignedTokens(TimeProvider time)
{
    private const string AccessToken = "accessToken";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);
    private readonly SymmetricSecurityKey _key = new(RandomNumberGenerator.GetBytes(64));

    public (string Token, DateTimeOffset Issued, DateTimeOffset Expires) Issue(string accessToken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var descriptor = new SecurityTokenDescriptor
        {
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = new Dictionary<string, object> { [AccessToken] = accessToken },
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.HmacSha256),
        };
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return (handler.CreateToken(descriptor), now, now + Lifetime);
    }

    /// <summary>The access token that a JWT stands for, or null if it is not ours or no longer good.</summary>
    public async Task<string?> ReadAsync(string token)
    {
        var validated = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = _key,
            ValidateAudience = false,
            ValidateIssuer = false,
            LifetimeValidator = (_, expires, _, _) => expires > time.GetUtcNow().UtcDateTime,
        });
        return validated.IsValid && validated.Claims.TryGetValue(AccessToken, out var accessToken)
            ? accessToken as string
            : null;
    }
}
