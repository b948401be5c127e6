namespace TandemFetch.Engine.Clock;

/// <summary>What an upload shows of a clock: its newest entry is little older than the upload.</summary>
/// <param name="Position">Place of the newest uploaded entry in the log.</param>
/// <param name="PumpTime">That entry's time on the pump's clock.</param>
/// <param name="Uploaded">True time of the upload.</param>
public readonly record struct ClockUpload(long Position, PumpTime PumpTime, DateTimeOffset Uploaded);
