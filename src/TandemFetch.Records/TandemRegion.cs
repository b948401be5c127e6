namespace TandemFetch.Records;

/// <summary>
/// The two installations of Tandem Source. An account exists in exactly one of them, and the other one rejects its password.
/// </summary>
public enum TandemRegion
{
    /// <summary>United States, Canada and Mexico.</summary>
    US,

    /// <summary>All other countries, Australia, New Zealand, Israel and South Africa included.</summary>
    EU,
}
