namespace TandemFetch.Engine;

/// <summary>
/// The kind of failure that a <see cref="TandemException"/> reports; each corresponds to a PowerShell error category.
/// </summary>
public enum TandemErrorKind
{
    /// <summary>The caller requested something impossible: an invalid date range, an unknown serial number.</summary>
    InvalidArgument,

    /// <summary>Credentials, tokens or the token cache were rejected or are missing.</summary>
    Authentication,

    /// <summary>The server or a file system denied access.</summary>
    PermissionDenied,

    /// <summary>The server cannot be reached, or failed repeatedly.</summary>
    Connection,

    /// <summary>What was received or found does not have the expected form.</summary>
    InvalidData,

    /// <summary>A required file, pump or account does not exist.</summary>
    NotFound,

    /// <summary>Another process holds the resource.</summary>
    ResourceBusy,

    /// <summary>The disk is full or cannot be written to.</summary>
    ResourceUnavailable,

    /// <summary>Any other failure.</summary>
    NotSpecified,
}
