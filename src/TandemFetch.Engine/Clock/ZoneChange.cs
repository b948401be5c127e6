namespace TandemFetch.Engine.Clock;

/// <summary>A moment from which a time zone has a different offset.</summary>
/// <param name="Starts">The moment, microseconds since 1970 UTC.</param>
/// <param name="UtcOffset">The zone's offset from UTC from then on, seconds.</param>
internal readonly record struct ZoneChange(long Starts, int UtcOffset);
