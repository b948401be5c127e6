namespace TandemFetch.Sandbox.Identity;

/// <summary>The two regions of Tandem Source, neither of which knows the other's accounts.</summary>
public enum AccountRegion
{
    /// <summary>The United States, Canada and Mexico.</summary>
    US,

    /// <summary>Everywhere else.</summary>
    EU,
}
