namespace TandemFetch.Records;

/// <summary>
/// The parts of a session with Tandem Source that may be shown, which include neither the e-mail address nor the token.
/// </summary>
public sealed record SourceSession
{
    /// <summary>The region of the account: <c>US</c> or <c>EU</c>.</summary>
    public string Region { get; init; } = "";

    /// <summary>The server that provides the data.</summary>
    public Uri Server { get; init; } = null!;

    /// <summary>IANA zone that the pump's clock is set to; null if it has not been specified.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The one pump that the credentials specify; null for all pumps of the account.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>
    /// Where the account came from: a path, a secret, <c>the environment</c>, <c>the command</c> or <c>the stored
    /// sign-in</c>.
    /// </summary>
    public string Credentials { get; init; } = "";

    /// <summary>
    /// When the access token expires. A new one is requested automatically if the password is known.
    /// </summary>
    public DateTimeOffset? TokenExpires { get; init; }
}
