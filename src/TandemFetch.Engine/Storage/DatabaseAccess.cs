namespace TandemFetch.Engine.Storage;

/// <summary>The kind of access to a file.</summary>
public enum DatabaseAccess
{
    /// <summary>Read access; the file must exist and have this version's schema.</summary>
    Read,

    /// <summary>Write access; the file is created if it does not exist, and updated to this version's schema.</summary>
    Write,
}
