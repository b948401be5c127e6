using TandemFetch.Engine.Source;

namespace TandemFetch.Engine.Pipeline;

/// <summary>A source to watch, and what the credentials say besides the account.</summary>
/// <param name="Source">The source, signed in.</param>
/// <param name="TimeZone">Name of the time zone of pumps that are new to the file, or null.</param>
/// <param name="PumpSerial">The one pump that the credentials name, or null.</param>
public sealed record WatchedSource(ILogSource Source, string? TimeZone, string? PumpSerial);
