namespace TandemFetch.Records;

/// <summary>A setting, its value and where the value comes from.</summary>
public sealed record ConfigurationValue
{
    /// <summary>The setting, as the parameter of <c>Set-TandemConfiguration</c> is called.</summary>
    public string Name { get; init; } = "";

    /// <summary>The value that applies; null if there is none.</summary>
    public object? Value { get; init; }

    /// <summary>Where the value comes from.</summary>
    public ConfigurationSource Source { get; init; }

    /// <summary>The file or the environment variable from which it comes; null for a default.</summary>
    public string? Place { get; init; }

    /// <summary>The settings file, which need not exist.</summary>
    public string SettingsFile { get; init; } = "";
}
