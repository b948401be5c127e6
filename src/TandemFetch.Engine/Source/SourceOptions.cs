namespace TandemFetch.Engine.Source;

/// <summary>
/// How a client communicates with the server. The defaults are for Tandem Source; tests make everything shorter.
/// </summary>
public sealed record SourceOptions
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

    /// <summary>How often a request is attempted before it counts as failed, including the first time.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>The pause before the second attempt; it doubles from there, with jitter.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause of our own backoff.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The longest pause that a server may request with <c>Retry-After</c>; a longer one is reduced to this.
    /// </summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the server may send nothing, before its response begins or in the middle of it.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How long one attempt may take in total, so that a very slow response ends, too.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The largest log response accepted, in bytes. 28 days of a busy pump are about 17 MB; a larger response fails the
    /// range, and a smaller range is requested.
    /// </summary>
    public int MaxPageBytes { get; init; } = 512 * 1024 * 1024;

    /// <summary>Clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
