namespace TandemFetch.Engine.Clock;

/// <summary>A moment from which on a time zone has another offset.</summary>
/// <param name="Starts">The moment, microseconds since 1970 UTC.</param>
/// <param name="UtcOffset">What the zone is ahead of UTC from then on, seconds.</param>
internal readonly record struct ZoneChange(long Starts, int UtcOffset);
