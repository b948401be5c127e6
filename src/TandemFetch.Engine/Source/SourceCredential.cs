
namespace TandemFetch.Engine.Source;

/// <summary>
/// An account, and how to get its password. The password itself is not stored: it is requested at the moment of a
/// sign-in, sent, and released, so that a session that lasts for days does not keep it in memory.
/// </summary>
public sealed class SourceCredential
{
    private readonly Func<string> _password;

    /// <summary>Creates a credential.</summary>
    /// <param name="email">E-mail address of the account.</param>
    /// <param name="password">
    /// Returns the password each time it is called; may throw a <see cref="TandemException"/>.
    /// </param>
    /// <param name="region">The region of the account.</param>
    /// <param name="pumpSerial">The one pump to use, or null for all.</param>
    /// <param name="timeZone">IANA name of the zone that the pump's clock shows, unchecked, or null.</param>
    /// <param name="origin">Where it came from, for messages: a path, or <c>the environment</c>.</param>
    public SourceCredential(
        string email,
        Func<string> password,
        TandemRegion region,
        string? pumpSerial = null,
        string? timeZone = null,
        string origin = "the command")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(email);
        ArgumentNullException.ThrowIfNull(password);
        Email = email.Trim();
        _password = password;
        Region = region;
        PumpSerial = pumpSerial;
        TimeZone = timeZone;
        Origin = origin;
    }

    /// <summary>The region of the account.</summary>
    public TandemRegion Region { get; }

    /// <summary>The one pump to use, or null for all.</summary>
    public string? PumpSerial { get; }

    /// <summary>IANA name of the zone that the pump's clock shows, as it was specified, or null.</summary>
    public string? TimeZone { get; }

    /// <summary>Where the account was found: a path, <c>the environment</c> or <c>the command</c>.</summary>
    public string Origin { get; }

    /// <summary>
    /// E-mail address of the account. It is personal: it is used in the sign-in request and nowhere else.
    /// </summary>
    internal string Email { get; }

    /// <summary>Contains nothing secret or personal.</summary>
    public override string ToString() => $"{Region} account from {Origin}";

    internal string ReadPassword() => _password();
}
