namespace TandemFetch.Sandbox.Identity;

/// <summary>What is wrong with the id tokens that are issued, to see whether a client notices.</summary>
public enum IdTokenFlaw
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Another issuer.</summary>
    WrongIssuer,

    /// <summary>For another client.</summary>
    WrongAudience,

    /// <summary>Expired two hours ago.</summary>
    Expired,

    /// <summary>Algorithm <c>none</c>, no signature.</summary>
    Unsigned,

    /// <summary>HS256 instead of RS256.</summary>
    HmacSigned,

    /// <summary>RS256 by a key that is not published.</summary>
    ForeignKey,

    /// <summary>The claim <c>pumperId</c> is missing.</summary>
    NoPumperId,
}
