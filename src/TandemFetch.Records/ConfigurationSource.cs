namespace TandemFetch.Records;

/// <summary>Where the value of a setting comes from.</summary>
public enum ConfigurationSource
{
    /// <summary>It is not specified anywhere; the default applies, if there is one.</summary>
    Default,

    /// <summary>From the folder <c>data</c> or <c>sensitive</c> under the current location.</summary>
    CurrentLocation,

    /// <summary>From the user's settings.</summary>
    Settings,

    /// <summary>From an environment variable.</summary>
    Environment,
}
