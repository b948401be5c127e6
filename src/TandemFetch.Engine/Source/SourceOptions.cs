namespace TandemFetch.Engine.Source;

/// <summary>
/// How a client talks to the server. The defaults are for Tandem Source; tests make everything shorter.
/// </summary>
public sealed record SourceOptions
{
    /// <summary>Another server than Tandem's own, all paths under one base; null for the real one.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>
    /// The event codes to name, at least one, to a server that insists on a list. Other servers get none and send every
    /// kind of entry: a fixed list would silently lose each kind that a new firmware brings.
    /// </summary>
    public required IReadOnlyList<int> EventCodes { get; init; }

    /// <summary>Where tokens are kept between runs, or null to keep none.</summary>
    public TokenCache? TokenCache { get; init; }

    /// <summary>How often one request is made before it counts as failed, the first time included.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>The pause before the second attempt; it doubles from there, with jitter.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause of our own choosing.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The longest pause that a server may ask for with <c>Retry-After</c>; a longer one is cut to this.
    /// </summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the server may be silent, before its answer begins or in the middle of it.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How long one attempt may take altogether, so that a trickling answer ends too.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The largest log answer taken, in bytes. 28 days of a busy pump are about 17 MB; a larger answer fails the range,
    /// and a smaller range is asked for.
    /// </summary>
    public int MaxPageBytes { get; init; } = 512 * 1024 * 1024;

    /// <summary>Where "now" is read.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
