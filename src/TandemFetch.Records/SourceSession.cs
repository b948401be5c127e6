namespace TandemFetch.Records;

/// <summary>A session with Tandem Source, as far as it may be shown: neither e-mail nor token.</summary>
public sealed record SourceSession
{
    /// <summary>The region the account lives in: <c>US</c> or <c>EU</c>.</summary>
    public string Region { get; init; } = "";

    /// <summary>The server that data comes from.</summary>
    public Uri Server { get; init; } = null!;

    /// <summary>IANA zone that the pump's clock is set to; null while nobody has said.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The one pump that the credentials name; null for all pumps of the account.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>Where e-mail and password came from: a path, <c>the environment</c> or <c>the command</c>.</summary>
    public string Credentials { get; init; } = "";

    /// <summary>When the access token expires; a new one is fetched by itself, which needs the password again.</summary>
    public DateTimeOffset? TokenExpires { get; init; }
}
