namespace TandemFetch.Engine.Source;

/// <summary>Names of the environment variables that configure a session.</summary>
public static class SourceEnvironment
{
    /// <summary>E-mail address of the account.</summary>
    public const string Email = "TANDEM_EMAIL";

    /// <summary>Password of the account.</summary>
    public const string Password = "TANDEM_PASSWORD";

    /// <summary><c>US</c> or <c>EU</c>.</summary>
    public const string Region = "TANDEM_REGION";

    /// <summary>IANA time zone that the pump's clock shows.</summary>
    public const string TimeZone = "TANDEM_TIME_ZONE";

    /// <summary>Address of a server other than Tandem's own, such as a sandbox.</summary>
    public const string Endpoint = "TANDEM_ENDPOINT";

    /// <summary>Directory of the token cache and of the settings.</summary>
    public const string ConfigDirectory = "TANDEM_CONFIG";

    /// <summary>Whether the environment specifies an account, complete or not.</summary>
    public static bool HasAccount =>
        new[] { Email, Password }.Any(name => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(name)));
}
