using TandemFetch.Engine.Clock;

namespace TandemFetch.Engine.Reading;

/// <summary>The name and the time zone with which a pump is shown.</summary>
internal sealed class PumpDisplay(string? label, ZoneOffsets zone)
{
    /// <summary>A pump that is not in the file.</summary>
    public static PumpDisplay Unlisted => new(null, ZoneOffsets.Utc);

    public string? Label { get; } = label;

    public ZoneOffsets Zone { get; } = zone;

    /// <summary>Microseconds since 1970 UTC as a time in the pump's zone.</summary>
    public DateTimeOffset ToLocal(long microseconds) => Zone.ToLocal(microseconds);
}
