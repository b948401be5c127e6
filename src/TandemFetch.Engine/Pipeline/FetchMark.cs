namespace TandemFetch.Engine.Pipeline;

/// <summary>How far the log of a pump was fetched by the last run that came to its end.</summary>
/// <param name="Position">Place of the newest entry in the pump's log.</param>
/// <param name="PumpTime">Pump wall clock of that entry.</param>
/// <param name="Upload">The pump's last upload at that time.</param>
internal sealed record FetchMark(long Position, DateTime PumpTime, DateTimeOffset Upload);
