namespace TandemFetch.Records;

/// <summary>The format of an export.</summary>
public enum ExportFormat
{
    /// <summary>Parquet, compressed with zstd.</summary>
    Parquet,

    /// <summary>
    /// Comma-separated values with a header row, UTF-8, for spreadsheets: each time is the local wall clock, beside its
    /// offset from UTC.
    /// </summary>
    Csv,

    /// <summary>
    /// JSON lines, one object per row, UTF-8. The data of a raw entry is a string that contains the JSON exactly as
    /// received, so that no number in it changes. NaN and infinity, which JSON does not have, are null.
    /// </summary>
    Json,

    /// <summary>
    /// An Excel workbook with one sheet per table, with real dates and numbers; times as in <see cref="Csv"/>.
    /// </summary>
    Xlsx,
}
