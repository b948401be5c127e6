namespace TandemFetch.Engine.Export;

/// <summary>Ids of the failures of this room.</summary>
public static class ExportErrors
{
    /// <summary>There is a file or folder already, and nothing is overwritten unless that is asked for.</summary>
    public const string Exists = "ExportExists";

    /// <summary>The folder to be replaced holds other things than an export.</summary>
    public const string FolderForeign = "ExportFolderForeign";

    /// <summary>The path is that of the database itself, or does not lead into the file system.</summary>
    public const string PathInvalid = "ExportPathInvalid";

    /// <summary>Neither a format was given nor does the extension name one.</summary>
    public const string FormatUnknown = "ExportFormatUnknown";

    /// <summary>Folders by year, month or pump are of Parquet files.</summary>
    public const string PartitionNeedsParquet = "ExportPartitionNeedsParquet";

    /// <summary>The table has no time, or no pump, to choose rows or make folders by.</summary>
    public const string ColumnMissing = "ExportColumnMissing";

    /// <summary>The table has no column of that name.</summary>
    public const string ColumnUnknown = "ColumnUnknown";

    /// <summary>The file could not be written.</summary>
    public const string Failed = "ExportFailed";
}
