namespace TandemFetch.Engine.Lake;

/// <summary>The error ids of lakes.</summary>
public static class LakeErrors
{
    /// <summary>There is no lake in the folder.</summary>
    public const string NotFound = "LakeNotFound";

    /// <summary>The folder contains other files, or a part of the lake cannot be read.</summary>
    public const string Invalid = "LakeInvalid";

    /// <summary>A newer version of this module has written the lake.</summary>
    public const string Newer = "LakeNewer";

    /// <summary>The lake is published with other pseudonyms, or without any.</summary>
    public const string PseudonymsDiffer = "LakePseudonymsDiffer";

    /// <summary>The key of the pseudonyms is missing, cannot be read or is too short.</summary>
    public const string KeyInvalid = "PseudonymKeyInvalid";

    /// <summary>The lake has newer or more entries of a pump than the file that is published.</summary>
    public const string DataNewer = "LakeDataNewer";

    /// <summary>Another process is publishing the same pump.</summary>
    public const string PumpBusy = "LakePumpBusy";

    /// <summary>A file of the lake cannot be written.</summary>
    public const string NotWritable = "LakeNotWritable";

    /// <summary>
    /// The request needs the database itself: a lake does not have what it asks for, or cannot be changed by it.
    /// </summary>
    public const string NeedsDatabase = "LakeNeedsDatabase";
}
