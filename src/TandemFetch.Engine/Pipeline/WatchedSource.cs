using TandemFetch.Engine.Source;

namespace TandemFetch.Engine.Pipeline;

/// <summary>A source to watch, and what the credentials say besides the account.</summary>
/// <param name="Source">The source, signed in.</param>
/// <param name="TimeZone">IANA zone that the pumps' clocks are set to; null keeps what the file says.</param>
/// <param name="PumpSerial">The one pump that the credentials name, or null.</param>
public sealed record WatchedSource(ILogSource Source, string? TimeZone, string? PumpSerial);
