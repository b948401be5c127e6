namespace TandemFetch.Records;

/// <summary>A personal profile in one version of the pump's settings.</summary>
public sealed record Profile
{
    /// <summary>Rises with each version of the settings.</summary>
    public long SettingsVersion { get; init; }

    /// <summary>The pump's serial number; null when the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>The upload that first showed the version, in the pump's zone.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The pump's number of the profile.</summary>
    public int ProfileId { get; init; }

    /// <summary>What its owner calls it.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it was in force.</summary>
    public bool Active { get; init; }

    /// <summary>Duration of insulin action.</summary>
    public TimeSpan? InsulinDuration { get; init; }

    /// <summary>Largest bolus allowed, units.</summary>
    public decimal? MaxBolus { get; init; }

    /// <summary>Whether boluses are asked for in carbs, such as <c>UnitsAsCarbs</c>.</summary>
    public string? CarbEntry { get; init; }

    /// <summary>Its parts of the day, from midnight on.</summary>
    public IReadOnlyList<ProfileSegment> Segments { get; init; } = [];
}
