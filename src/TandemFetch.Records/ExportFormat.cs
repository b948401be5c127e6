namespace TandemFetch.Records;

/// <summary>The format of an export.</summary>
public enum ExportFormat
{
    /// <summary>Parquet, compressed with zstd.</summary>
    Parquet,

    /// <summary>Comma-separated values with a header row, UTF-8.</summary>
    Csv,

    /// <summary>
    /// JSON lines, one object per row, UTF-8. The data of a raw entry is a string that contains the JSON exactly as
    /// received, so that no number in it changes.
    /// </summary>
    Json,
}
