namespace TandemFetch.Sandbox.Pump;

/// <summary>Kinds of boluses, numbered like <c>options</c> of entry 65.</summary>
public enum BolusKind
{
    /// <summary>On the pump's screen.</summary>
    Standard = 0,

    /// <summary>With a part that is given later.</summary>
    Extended = 1,

    /// <summary>By the pump's button.</summary>
    Quick = 2,

    /// <summary>By the algorithm.</summary>
    Automatic = 3,

    /// <summary>From the phone.</summary>
    Remote = 4,

    /// <summary>From the phone, with a part that is given later.</summary>
    RemoteExtended = 5,

    /// <summary>From the phone, as the algorithm of new firmware recommended.</summary>
    RemoteRecommended = 8,
}
