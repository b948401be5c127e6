namespace TandemFetch.Engine.Clock;

/// <summary>What an upload shows about a clock: its newest entry is only slightly older than the upload.</summary>
/// <param name="Position">Log position of the newest uploaded entry.</param>
/// <param name="PumpTime">That entry's time on the pump's clock.</param>
/// <param name="Uploaded">True time of the upload.</param>
public sealed record ClockUpload(long Position, PumpTime PumpTime, DateTimeOffset Uploaded);
