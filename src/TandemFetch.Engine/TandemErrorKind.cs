namespace TandemFetch.Engine;

/// <summary>
/// What sort of failure a <see cref="TandemException"/> reports; each maps onto one PowerShell error category.
/// </summary>
public enum TandemErrorKind
{
    /// <summary>The caller asked for something that cannot be: a bad date range, an unknown serial number.</summary>
    InvalidArgument,

    /// <summary>Credentials, tokens or the token cache were refused or are missing.</summary>
    Authentication,

    /// <summary>The server or a file system said no.</summary>
    PermissionDenied,

    /// <summary>The server cannot be reached, or failed again and again.</summary>
    Connection,

    /// <summary>What was received or found does not have the form it should have.</summary>
    InvalidData,

    /// <summary>A file, a pump or an account that should be there is not.</summary>
    NotFound,

    /// <summary>Another process holds the resource.</summary>
    ResourceBusy,

    /// <summary>The disk is full or cannot be written.</summary>
    ResourceUnavailable,

    /// <summary>Nothing else fits.</summary>
    NotSpecified,
}
