namespace TandemFetch.Sandbox.Identity;

/// <summary>The two halves of Tandem Source, which know nothing of each other's accounts.</summary>
public enum AccountRegion
{
    /// <summary>The United States, Canada and Mexico.</summary>
    US,

    /// <summary>Everywhere else.</summary>
    EU,
}
