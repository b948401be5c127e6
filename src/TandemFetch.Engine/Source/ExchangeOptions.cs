namespace TandemFetch.Engine.Source;

/// <summary>
/// How long requests may take and how often they are attempted. Tests make everything shorter.
/// </summary>
public record ExchangeOptions
{
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

    /// <summary>Clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
