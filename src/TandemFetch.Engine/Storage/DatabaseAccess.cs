namespace TandemFetch.Engine.Storage;

/// <summary>What a file is opened for.</summary>
public enum DatabaseAccess
{
    /// <summary>To read; the file must exist and be of this version's schema.</summary>
    Read,

    /// <summary>To write; the file is made when there is none, and brought up to this version's schema.</summary>
    Write,
}
