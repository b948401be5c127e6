namespace TandemFetch.Records;

/// <summary>What an export is written as.</summary>
public enum ExportFormat
{
    /// <summary>Parquet, compressed with zstd.</summary>
    Parquet,

    /// <summary>Comma-separated values with a line of headings, UTF-8.</summary>
    Csv,

    /// <summary>JSON lines: one object per row and line, UTF-8.</summary>
    Json,
}
