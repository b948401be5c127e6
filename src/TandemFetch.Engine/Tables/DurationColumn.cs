namespace TandemFetch.Engine.Tables;

/// <summary>A column with the seconds between two times of its row.</summary>
/// <param name="Name">The column.</param>
/// <param name="Began">The earlier time.</param>
/// <param name="Ended">The later time.</param>
internal sealed record DurationColumn(string Name, TimeColumn Began, TimeColumn Ended);
