namespace TandemFetch.Engine.Tables;

/// <summary>
/// A second table that a domain table's derivation writes: it is cleared, checked and created with it.
/// </summary>
/// <param name="Name">The table.</param>
/// <param name="Key">The columns that are unique together.</param>
/// <param name="HasEntry">Whether its rows refer to their entry in the same way as those of the domain table.</param>
internal sealed record CompanionTable(string Name, IReadOnlyList<string> Key, bool HasEntry);
