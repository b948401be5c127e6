namespace TandemFetch.Engine.Import;

/// <summary>Error ids of imports.</summary>
public static class ImportErrors
{
    /// <summary>The file is neither a saved response nor an export of raw entries.</summary>
    public const string FormatUnknown = "ImportFormatUnknown";

    /// <summary>The file cannot be read, or is damaged.</summary>
    public const string Unreadable = "ImportUnreadable";
}
