using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TandemFetch.Sandbox.Identity;

/// <summary>Issues id tokens and publishes the key they are signed with. One key for the process: making one takes a while.</summary>
internal static class IdTokens
{
    private static readonly Lazy<RsaSecurityKey> Published = new(MakeKey);
    private static readonly Lazy<RsaSecurityKey> Foreign = new(MakeKey);

    public static object KeySet
    {
        get
        {
            var key = Published.Value;
            var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
            return new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "RSA",
                        use = "sig",
                        kid = key.KeyId,
                        alg = "RS256",
                        e = Base64UrlEncoder.Encode(parameters.Exponent),
                        n = Base64UrlEncoder.Encode(parameters.Modulus),
                    },
                },
            };
        }
    }

    public static string Issue(
        string issuer, string audience, DateTimeOffset now, IReadOnlyDictionary<string, object> claims, IdTokenFlaw flaw)
    {
        var issued = flaw == IdTokenFlaw.Expired ? now.AddHours(-10) : now;
        var kept = claims.Where(c => flaw != IdTokenFlaw.NoPumperId || c.Key != "pumperId").ToDictionary();
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = flaw == IdTokenFlaw.WrongIssuer ? "https://issuer.example.com" : issuer,
            Audience = flaw == IdTokenFlaw.WrongAudience ? "another-client" : audience,
            IssuedAt = issued.UtcDateTime,
            NotBefore = issued.UtcDateTime,
            Expires = issued.AddHours(8).UtcDateTime,
            Claims = kept,
            SigningCredentials = flaw switch
            {
                IdTokenFlaw.Unsigned => null,
                IdTokenFlaw.HmacSigned => new SigningCredentials(
                    new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Published.Value.KeyId.PadRight(64, '.'))),
                    SecurityAlgorithms.HmacSha256),
                IdTokenFlaw.ForeignKey => new SigningCredentials(
                    new RsaSecurityKey(Foreign.Value.Rsa) { KeyId = Published.Value.KeyId },
                    SecurityAlgorithms.RsaSha256),
                _ => new SigningCredentials(Published.Value, SecurityAlgorithms.RsaSha256),
            },
        };
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    private static RsaSecurityKey MakeKey()
    {
        var rsa = RSA.Create(2048);
        var id = Convert.ToHexString(SHA256.HashData(rsa.ExportRSAPublicKey()))[..32];
        return new RsaSecurityKey(rsa) { KeyId = id };
    }
}
