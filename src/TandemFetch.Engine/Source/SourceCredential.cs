
namespace TandemFetch.Engine.Source;

/// <summary>
/// An account, and how to get its password. The password itself is not stored: it is requested at the moment of a
/// sign-in, sent, and released, so that a session that lasts for days does not keep it in memory.
/// </summary>
public sealed class SourceCredential
{
    private readonly Func<string>? _password;

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

    private SourceCredential(TandemRegion region, string? pumpSerial, string? timeZone, string origin)
    {
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

    /// <summary>
    /// Where the account was found: a path, a secret, <c>the environment</c>, <c>the command</c> or <c>the stored
    /// sign-in</c>.
    /// </summary>
    public string Origin { get; }

    /// <summary>
    /// E-mail address of the account. It is personal: it is used in the sign-in request and nowhere else.
    /// </summary>
    internal string? Email { get; private init; }

    /// <summary>The file of the stored token, if the e-mail address is not known.</summary>
    internal string? TokenFile { get; private init; }

    /// <summary>Whether there is a password; otherwise, only a stored token can be used.</summary>
    internal bool CanSignIn => _password is not null;

    /// <summary>Contains nothing secret or personal.</summary>
    public override string ToString() => $"{Region} account from {Origin}";

    /// <summary>An account of which only a stored token is known.</summary>
    internal static SourceCredential OfToken(StoredSignIn stored, string? pumpSerial, string? timeZone) =>
        new(stored.Region, pumpSerial, timeZone, "the stored sign-in") { TokenFile = stored.Path };

    /// <summary>An account of which the e-mail address is known, but no password.</summary>
    internal static SourceCredential OfEmail(
        string email, TandemRegion region, string? pumpSerial, string? timeZone, string origin) =>
        new(region, pumpSerial, timeZone, origin) { Email = email.Trim() };

    internal string ReadPassword() =>
        _password?.Invoke() ?? throw new InvalidOperationException("There is no password for this account.");
}
