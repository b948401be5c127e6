using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Lake;

/// <summary>A table of the lake, as a database fills it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What its rows are.</param>
/// <param name="Source">The table of the database, or of the session, that has its rows.</param>
/// <param name="Columns">Its columns, the pump first.</param>
/// <param name="Order">The columns of the source by which rows are ordered.</param>
/// <param name="Key">The columns that are unique together among the rows of one pump.</param>
internal sealed record LakeTable(
    string Name,
    string? Description,
    string Source,
    IReadOnlyList<LakeColumn> Columns,
    IReadOnlyList<string> Order,
    IReadOnlyList<string> Key)
{
    /// <summary>
    /// For tables that are computed: the tables that their rows depend on; empty for tables of the database.
    /// </summary>
    public IReadOnlyList<string> ComputedFrom { get; init; } = [];

    /// <summary>The rows of the session's pump.</summary>
    public string Rows =>
        $"SELECT {string.Join(", ", Columns.Select(column => $"{column.Value} AS {SqlText.Identifier(column.Name)}"))} "
        + $"FROM {Source} AS t JOIN lake_pumps AS p ON p.source = t.device_assignment_id";

    /// <summary>The same in their order.</summary>
    public string OrderedRows =>
        $"{Rows} ORDER BY {string.Join(", ", Order.Select(column => $"t.{SqlText.Identifier(column)} NULLS FIRST"))}";
}
