namespace TandemFetch.Engine.Storage;

/// <summary>How many rows are written to the file at a time.</summary>
internal static class RowGroup
{
    /// <summary>
    /// Rows of a row group: whole row groups of a transaction are written to the file compressed, bypassing the
    /// write-ahead log. DuckDB's own size is six times that, 40 MB of log each, of which every stage would hold one or
    /// two.
    /// </summary>
    public const int Rows = 20_480;

    /// <summary>
    /// The number of rows that an appending transaction should hold, half a million: each transaction takes some blocks
    /// of the file that it does not fill.
    /// </summary>
    public const int RowsPerTransaction = 24 * Rows;
}
