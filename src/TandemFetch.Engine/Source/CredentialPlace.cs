namespace TandemFetch.Engine.Source;

/// <summary>
/// What one place (the command, the file, the environment) specifies about an account. Empty text counts as absent.
/// </summary>
internal sealed class CredentialPlace
{
    public required string Name { get; init; }

    public string? Email { get; init; }

    public Func<string>? Password { get; init; }

    /// <summary>The region as written, to be interpreted only if it is needed.</summary>
    public string? Region { get; init; }

    public string? PumpSerial { get; init; }

    public string? TimeZone { get; init; }
}
