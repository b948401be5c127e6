namespace TandemFetch.Engine.Storage;

/// <summary>Error ids of the database file.</summary>
public static class DatabaseErrors
{
    /// <summary>There is no file at the path.</summary>
    public const string NotFound = "DatabaseNotFound";

    /// <summary>The path is a folder.</summary>
    public const string IsDirectory = "DatabaseIsDirectory";

    /// <summary>The file has the name of a schema in it, so that DuckDB could not tell the two apart.</summary>
    public const string NameReserved = "DatabaseNameReserved";

    /// <summary>The file is not a DuckDB database, or is damaged.</summary>
    public const string NotADatabase = "DatabaseUnreadable";

    /// <summary>The file is a database of another program.</summary>
    public const string Foreign = "DatabaseForeign";

    /// <summary>The file was written by a newer version of this module.</summary>
    public const string Newer = "DatabaseNewer";

    /// <summary>The file was written by an older version, and cannot be updated by reading it.</summary>
    public const string Older = "DatabaseOutdated";

    /// <summary>Another process holds the file.</summary>
    public const string Locked = "DatabaseLocked";

    /// <summary>A reader of this process holds the file, so that it cannot be written.</summary>
    public const string InUse = "DatabaseInUse";

    /// <summary>The file or its folder cannot be written.</summary>
    public const string NotWritable = "DatabaseNotWritable";

    /// <summary>There is no space left on the disk.</summary>
    public const string DiskFull = "DiskFull";

    /// <summary>Any other DuckDB error.</summary>
    public const string Failed = "DatabaseFailed";

    /// <summary>DuckDB has no memory left for a statement, and cannot spill to disk.</summary>
    public const string OutOfMemory = "DatabaseOutOfMemory";

    /// <summary>The environment names an amount of memory that DuckDB does not understand.</summary>
    public const string MemoryLimitInvalid = "MemoryLimitInvalid";
}
