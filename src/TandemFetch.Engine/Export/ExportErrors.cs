namespace TandemFetch.Engine.Export;

/// <summary>Error ids of exports.</summary>
public static class ExportErrors
{
    /// <summary>The file or folder already exists and must not be overwritten.</summary>
    public const string Exists = "ExportExists";

    /// <summary>The folder to be replaced contains something other than an export.</summary>
    public const string FolderForeign = "ExportFolderForeign";

    /// <summary>The path is that of the database itself, or is not in the file system.</summary>
    public const string PathInvalid = "ExportPathInvalid";

    /// <summary>There is neither a format nor an extension that implies one.</summary>
    public const string FormatUnknown = "ExportFormatUnknown";

    /// <summary>The format is not the one that the extension implies, or does not suit what is to be written.</summary>
    public const string FormatConflict = "ExportFormatConflict";

    /// <summary>Several tables were to be written to a file that can hold only one.</summary>
    public const string SeveralTables = "ExportSeveralTables";

    /// <summary>The table or query has more columns than a sheet.</summary>
    public const string TooWide = "ExportTooWide";

    /// <summary>Folders by year, month or pump require Parquet files.</summary>
    public const string PartitionNeedsParquet = "ExportPartitionNeedsParquet";

    /// <summary>The table has no time, or no pump, by which to select rows or create folders.</summary>
    public const string ColumnMissing = "ExportColumnMissing";

    /// <summary>The table has no column with that name.</summary>
    public const string ColumnUnknown = "ColumnUnknown";

    /// <summary>The file could not be written.</summary>
    public const string Failed = "ExportFailed";
}
