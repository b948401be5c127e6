namespace TandemFetch.Engine.Pipeline;

/// <summary>The position in a pump's log that the last completed run reached.</summary>
/// <param name="Position">Log position of the newest entry.</param>
/// <param name="PumpTime">Pump wall clock of that entry.</param>
/// <param name="Upload">The pump's last upload at that time.</param>
internal sealed record FetchMark(long Position, DateTime PumpTime, DateTimeOffset Upload);
