namespace TandemFetch.Engine.Pipeline;

/// <summary>A day of pump wall clock that the server has been asked for.</summary>
/// <param name="Day">The day.</param>
/// <param name="FetchedAt">When the newest response for it came.</param>
/// <param name="Upload">The pump's last upload at that time.</param>
/// <param name="Entries">Entries of the day in that response.</param>
/// <param name="Unchanged">How many responses in a row had nothing new for it.</param>
internal sealed record FetchedDay(DateOnly Day, DateTimeOffset FetchedAt, DateTimeOffset Upload, int Entries, int Unchanged);
