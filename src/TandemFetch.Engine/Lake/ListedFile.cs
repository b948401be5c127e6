namespace TandemFetch.Engine.Lake;

/// <summary>A file that is as its manifest says.</summary>
/// <param name="Table">The table.</param>
/// <param name="Pump">The pump.</param>
/// <param name="Path">Its full path.</param>
/// <param name="Rows">The number of rows that the manifest gives.</param>
/// <param name="SchemaVersion">The schema version of the database that it comes from.</param>
internal sealed record ListedFile(string Table, string Pump, string Path, long Rows, int SchemaVersion);
