using System.Text.Json.Nodes;

namespace TandemFetch.Engine.Assistant.Results;

/// <summary>Rows of a query: the values of each in the order of the columns.</summary>
internal sealed record QueryTable(
    ResultBasis Basis,
    IReadOnlyList<ColumnDescription> Columns,
    int RowCount,
    bool IsCut,
    IReadOnlyList<JsonArray> Rows);
