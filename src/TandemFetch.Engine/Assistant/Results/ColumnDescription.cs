namespace TandemFetch.Engine.Assistant.Results;

/// <summary>A column of a table, or of a query's result.</summary>
internal sealed record ColumnDescription(string Name, string Type, string? Description = null);
