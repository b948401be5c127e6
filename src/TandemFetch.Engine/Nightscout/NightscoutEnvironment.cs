namespace TandemFetch.Engine.Nightscout;

/// <summary>Names of the environment variables with the secrets of a Nightscout site.</summary>
public static class NightscoutEnvironment
{
    /// <summary>The API secret.</summary>
    public const string Secret = "TANDEM_NIGHTSCOUT_SECRET";

    /// <summary>An access token.</summary>
    public const string Token = "TANDEM_NIGHTSCOUT_TOKEN";

    /// <summary>The access token in the environment, otherwise the API secret; null if there is neither.</summary>
    /// <exception cref="TandemException"><see cref="NightscoutErrors.CredentialInvalid"/>.</exception>
    public static NightscoutCredential? Find()
    {
        if (Environment.GetEnvironmentVariable(Token) is { Length: > 0 } token)
        {
            return NightscoutCredential.OfToken(token);
        }

        return Environment.GetEnvironmentVariable(Secret) is { Length: > 0 } secret
            ? NightscoutCredential.OfSecret(secret)
            : null;
    }
}
