namespace TandemFetch.Engine.Nightscout;

/// <summary>
/// A deletion: a stretch of entries or device statuses of one pump, or one treatment or profile. Times are in
/// milliseconds since 1970 UTC.
/// </summary>
internal sealed record Removal(
    string Collection, string Kind, string Pump, long LogPosition, long FirstMs, long LastMs);
