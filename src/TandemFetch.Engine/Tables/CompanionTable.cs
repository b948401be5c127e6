namespace TandemFetch.Engine.Tables;

/// <summary>A second table that a domain table's derivation writes: it is emptied, checked and made with it.</summary>
/// <param name="Name">The table.</param>
/// <param name="Key">The columns that no two rows have in common.</param>
/// <param name="HasEntry">Whether its rows name the entry that they are of, as those of the domain table do.</param>
internal sealed record CompanionTable(string Name, IReadOnlyList<string> Key, bool HasEntry);
