namespace TandemFetch.Records;

/// <summary>A personal profile in one version of the pump's settings.</summary>
public sealed record Profile
{
    /// <summary>Increases with each version of the settings.</summary>
    public long SettingsVersion { get; init; }

    /// <summary>The pump's serial number; null if the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>The upload that first showed the version, in the pump's zone.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The pump's number for the profile.</summary>
    public int ProfileId { get; init; }

    /// <summary>The name that its owner gave it.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it was active.</summary>
    public bool Active { get; init; }

    /// <summary>Duration of insulin action.</summary>
    public string? InsulinDuration => DurationText.Of(InsulinDurationValue);

    /// <inheritdoc cref="InsulinDuration"/>
    internal TimeSpan? InsulinDurationValue { get; init; }

    /// <summary>Maximum bolus, units.</summary>
    public decimal? MaxBolus { get; init; }

    /// <summary>How boluses are requested, such as <c>UnitsAsCarbs</c>.</summary>
    public string? CarbEntry { get; init; }

    /// <summary>Its segments of the day, starting at midnight.</summary>
    public IReadOnlyList<ProfileSegment> Segments
    {
        get;
        init => field = new RecordList<ProfileSegment>(value);
    } = RecordList<ProfileSegment>.Empty;
}
