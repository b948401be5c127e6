namespace TandemFetch.Engine.Tables;

/// <summary>A column with a true time, and the entry that the time is of.</summary>
/// <param name="Name">The column.</param>
/// <param name="Position">The column with the entry's place in the log.</param>
/// <param name="Expected">
/// What the time must be, in SQL over the <c>row</c> and the <c>entry</c>; null where it is the entry's own time.
/// </param>
internal sealed record TimeColumn(string Name, string Position = "log_position", string? Expected = null);
