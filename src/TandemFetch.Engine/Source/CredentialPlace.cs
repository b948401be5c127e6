namespace TandemFetch.Engine.Source;

/// <summary>
/// What one place (the command, the environment, the settings, the file) specifies about an account. Empty text counts
/// as absent.
/// </summary>
public sealed class CredentialPlace
{
    /// <summary>The place, for messages: a path, or <c>the environment</c>.</summary>
    public required string Name { get; init; }

    /// <summary>E-mail address of the account.</summary>
    public string? Email { get; init; }

    /// <summary>Returns the password each time it is called.</summary>
    public Func<string>? Password { get; init; }

    /// <summary>The region as written, to be interpreted only if it is needed.</summary>
    public string? Region { get; init; }

    /// <summary>The one pump to use, or null for all.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>IANA name of the zone that the pump's clock shows, unchecked.</summary>
    public string? TimeZone { get; init; }
}
