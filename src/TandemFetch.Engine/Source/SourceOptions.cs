namespace TandemFetch.Engine.Source;

/// <summary>
/// How a client communicates with the server. The defaults are for Tandem Source; tests make everything shorter.
/// </summary>
public sealed record SourceOptions : ExchangeOptions
{
    /// <summary>A server other than Tandem's own, with all paths under one base; null for the real one.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>
    /// The event codes, at least one, to send to a server that insists on a list. Other servers get none and send all
    /// kinds of entries: a fixed list would silently lose each kind that new firmware introduces.
    /// </summary>
    public required IReadOnlyList<int> EventCodes { get; init; }

    /// <summary>Where tokens are stored between runs, or null to store none.</summary>
    public TokenCache? TokenCache { get; init; }

    /// <summary>Whether the session begins with a sign-in even if there is a stored token.</summary>
    public bool SignsInFirst { get; init; }

    /// <summary>
    /// The largest log response accepted, in bytes. 28 days of a busy pump are about 17 MB; a larger response fails the
    /// range, and a smaller range is requested.
    /// </summary>
    public int MaxPageBytes { get; init; } = 512 * 1024 * 1024;
}
