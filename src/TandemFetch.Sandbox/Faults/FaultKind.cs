namespace TandemFetch.Sandbox.Faults;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>Another status code, with <c>Retry-After</c> if wished.</summary>
    Status,

    /// <summary>The answer comes late.</summary>
    Delay,

    /// <summary>Half of the body, then the connection breaks.</summary>
    CutOff,

    /// <summary>Broken JSON in a complete answer.</summary>
    Malformed,

    /// <summary>200 with a page of HTML.</summary>
    Html,

    /// <summary>The right body under a wrong content type.</summary>
    WrongContentType,

    /// <summary>One entry has fields of a wrong JSON type.</summary>
    WrongTypes,

    /// <summary>One entry lacks its key, the rest is good.</summary>
    MalformedEntry,

    /// <summary>Every tenth entry comes twice.</summary>
    Duplicate,

    /// <summary>The page covers ten times the days that were asked for.</summary>
    HugePage,

    /// <summary>Entries with codes that nobody knows are strewn in.</summary>
    UnknownCodes,

    /// <summary>A share of the entries is held back as long as the rule stands.</summary>
    LateEntries,

    /// <summary>The password is rejected, though right.</summary>
    RejectPassword,

    /// <summary>The account is locked by this sign-in.</summary>
    LockAccount,
}
