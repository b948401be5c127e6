namespace TandemFetch.Engine.Assistant.Results;

/// <summary>A table that the tool query can read.</summary>
internal sealed record TableDescription(
    string Name,
    string? Description,
    long Rows,
    DateTimeOffset? First,
    DateTimeOffset? Last,
    IReadOnlyList<ColumnDescription> Columns);
