using TandemFetch.Engine.Source;

namespace TandemFetch.Engine.Pipeline;

/// <summary>A source to watch, and what the credentials specify besides the account.</summary>
/// <param name="Source">The source, signed in.</param>
/// <param name="TimeZone">Name of the time zone of pumps that are not in the file yet, or null.</param>
/// <param name="PumpSerial">The one pump that the credentials specify, or null.</param>
public sealed record WatchedSource(ILogSource Source, string? TimeZone, string? PumpSerial);
