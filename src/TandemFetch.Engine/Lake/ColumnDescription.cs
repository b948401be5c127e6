namespace TandemFetch.Engine.Lake;

/// <summary>A column of a table of a lake.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as DuckDB calls it.</param>
/// <param name="Description">What it holds, with its unit.</param>
internal sealed record ColumnDescription(string Name, string Type, string? Description);
