namespace TandemFetch.Sandbox.Faults;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>Another status code, with <c>Retry-After</c> if wished.</summary>
    Status,

    /// <summary>The response is delayed.</summary>
    Delay,

    /// <summary>No response; the request waits until the client gives up.</summary>
    Hang,

    /// <summary>The request is carried out, then the connection breaks before the response.</summary>
    Unanswered,

    /// <summary>Half of the body, then the connection breaks.</summary>
    CutOff,

    /// <summary>Malformed JSON in a complete response.</summary>
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

    /// <summary>The page covers ten times the requested days.</summary>
    HugePage,

    /// <summary>Entries with unknown codes are inserted.</summary>
    UnknownCodes,

    /// <summary>A share of the entries is held back as long as the rule is active.</summary>
    LateEntries,

    /// <summary>The password is rejected although it is correct.</summary>
    RejectPassword,

    /// <summary>The account is locked by this sign-in.</summary>
    LockAccount,
}
