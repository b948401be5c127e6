
namespace TandemFetch.Engine.Source;

/// <summary>
/// What the command and the settings specify; everything else comes from the environment, the credentials file or a
/// stored sign-in.
/// </summary>
public sealed record CredentialRequest
{
    /// <summary>E-mail address from the command, together with <see cref="Password"/>, or null.</summary>
    public string? Email { get; init; }

    /// <summary>
    /// Returns the password each time it is called; belongs to <see cref="Email"/>. Null to use the stored token of
    /// that account.
    /// </summary>
    public Func<string>? Password { get; init; }

    /// <summary>The region from the command.</summary>
    public TandemRegion? Region { get; init; }

    /// <summary>The pump from the command.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>The IANA time zone from the command.</summary>
    public string? TimeZone { get; init; }

    /// <summary>What the user's settings specify, which applies after the environment.</summary>
    public CredentialPlace? Settings { get; init; }

    /// <summary>The directory under which to look for <c>sensitive/credentials.toml</c>.</summary>
    public required string Directory { get; init; }

    /// <summary>Contains nothing secret or personal.</summary>
    public override string ToString() => nameof(CredentialRequest);
}
