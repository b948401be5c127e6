namespace TandemFetch.Sandbox.Pump;

/// <summary>From when on the owner is in a zone.</summary>
/// <param name="FromUtc">Unix milliseconds.</param>
/// <param name="Zone">The zone.</param>
internal sealed record Stay(long FromUtc, TimeZoneInfo Zone);
