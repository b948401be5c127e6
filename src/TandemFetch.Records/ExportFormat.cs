namespace TandemFetch.Records;

/// <summary>What an export is written as.</summary>
public enum ExportFormat
{
    /// <summary>Parquet, compressed with zstd.</summary>
    Parquet,

    /// <summary>Comma-separated values with a line of headings, UTF-8.</summary>
    Csv,

    /// <summary>JSON lines: one object per row and line, UTF-8. The data of raw entries is a string with the JSON as it was received, since no number in it may change.</summary>
    Json,
}
