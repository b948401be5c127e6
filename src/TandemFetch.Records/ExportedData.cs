namespace TandemFetch.Records;

/// <summary>A file, or a folder of files, that an export wrote.</summary>
public sealed record ExportedData
{
    /// <summary>Full path of the file or of the folder of a partitioned export.</summary>
    public string Path { get; init; } = "";

    /// <summary>The table; null for a query.</summary>
    public string? Table { get; init; }

    /// <summary>The format.</summary>
    public ExportFormat Format { get; init; }

    /// <summary>The number of rows.</summary>
    public long Rows { get; init; }

    /// <summary>Total size of the files, bytes; for each table of a workbook, that of the workbook.</summary>
    public long Bytes { get; init; }

    /// <summary>The number of files.</summary>
    public int Files { get; init; }

    /// <summary>The full path.</summary>
    public override string ToString() => Path;
}
