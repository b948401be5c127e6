namespace TandemFetch.Engine.Pipeline;

/// <summary>A day of pump wall clock that has been requested from the server.</summary>
/// <param name="Day">The day.</param>
/// <param name="FetchedAt">When its newest response arrived.</param>
/// <param name="Upload">The pump's last upload at that time.</param>
/// <param name="Entries">Number of entries of the day in that response.</param>
/// <param name="Unchanged">How many responses in a row had nothing new for it.</param>
internal sealed record FetchedDay(DateOnly Day, DateTimeOffset FetchedAt, DateTimeOffset Upload, int Entries, int Unchanged);
