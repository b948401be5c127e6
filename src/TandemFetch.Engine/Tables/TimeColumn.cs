namespace TandemFetch.Engine.Tables;

/// <summary>A column with a true time, and the entry to which the time belongs.</summary>
/// <param name="Name">The column.</param>
/// <param name="Position">The column with the entry's log position.</param>
/// <param name="Expected">
/// The expected time, in SQL over the <c>row</c> and the <c>entry</c>; null if it is the entry's own time.
/// </param>
internal sealed record TimeColumn(string Name, string Position = "log_position", string? Expected = null);
