namespace TandemFetch.Engine.Lake;

/// <summary>What a table of a lake holds, for those who read it: <c>_lake/tables/TABLE.json</c>.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Description">What its rows are.</param>
/// <param name="SchemaVersion">The schema version of the database by which it was described.</param>
/// <param name="Key">The columns that are unique together among the rows of one pump.</param>
/// <param name="SortedBy">The columns by which each file is sorted.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record TableDescription(
    string Table,
    string? Description,
    int SchemaVersion,
    IReadOnlyList<string> Key,
    IReadOnlyList<string> SortedBy,
    IReadOnlyList<ColumnDescription> Columns)
{
    /// <summary>The description of a table.</summary>
    public static TableDescription Of(LakeTable table, int schemaVersion) => new(
        table.Name,
        table.Description,
        schemaVersion,
        table.Key,
        table.Order,
        [.. table.Columns.Select(column => new ColumnDescription(column.Name, column.Type, column.Description))]);
}
