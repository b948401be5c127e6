namespace TandemFetch.Engine.Assistant.Guard;

/// <summary>A table as the assistant sees it: a view of one in the file.</summary>
/// <param name="Name">Its name as a query writes it, such as <c>boluses</c> or <c>own.weights</c>.</param>
/// <param name="Description">What it contains.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="HasPump">Whether its rows belong to pumps.</param>
/// <param name="Time">The column with the true time of a row; null if it has none.</param>
internal sealed record VisibleTable(
    string Name, string? Description, IReadOnlyList<VisibleColumn> Columns, bool HasPump, string? Time);
