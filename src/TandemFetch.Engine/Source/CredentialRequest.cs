
namespace TandemFetch.Engine.Source;

/// <summary>What the user gave directly; everything else comes from the credentials file or the environment.</summary>
public sealed record CredentialRequest
{
    /// <summary>E-mail given directly, together with <see cref="Password"/>, or null.</summary>
    public string? Email { get; init; }

    /// <summary>Gives the password anew each time; belongs to <see cref="Email"/>.</summary>
    public Func<string>? Password { get; init; }

    /// <summary>The region given directly.</summary>
    public TandemRegion? Region { get; init; }

    /// <summary>The pump given directly.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>The IANA time zone given directly.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The directory under which <c>sensitive/credentials.toml</c> is looked for.</summary>
    public required string Directory { get; init; }

    /// <summary>Says nothing that is secret or personal.</summary>
    public override string ToString() => nameof(CredentialRequest);
}
