namespace TandemFetch.Engine.Report;

/// <summary>Ids of the failures of reports.</summary>
public static class ReportErrors
{
    /// <summary>There is a file already, and nothing is overwritten unless that is asked for.</summary>
    public const string Exists = "ReportExists";

    /// <summary>The path is that of a folder or of the database, or does not lead into the file system.</summary>
    public const string PathInvalid = "ReportPathInvalid";

    /// <summary>The file could not be written.</summary>
    public const string Failed = "ReportFailed";

    /// <summary>There is no browser that prints.</summary>
    public const string BrowserNotFound = "ReportBrowserNotFound";

    /// <summary>The browser did not print.</summary>
    public const string PrintFailed = "ReportPrintFailed";

    /// <summary>The report is written, but no program shows it.</summary>
    public const string NotOpened = "ReportNotOpened";
}
