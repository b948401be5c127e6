namespace TandemFetch.Records;

/// <summary>A period of basal insulin at one rate.</summary>
public sealed record BasalDelivery
{
    /// <summary>The id of the log entry that begins it.</summary>
    public long Id { get; init; }

    /// <summary>The pump's serial number; null if the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>When it began, in the pump's zone; null if true time cannot be known.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>When it began by the pump's own wall clock, of unspecified kind.</summary>
    public DateTime PumpTime { get; init; }

    /// <summary>When it ended, in the pump's zone; null while it is running.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>How long it lasted; null while it is running.</summary>
    public string? Duration => DurationText.Of(DurationValue);

    /// <inheritdoc cref="Duration"/>
    internal TimeSpan? DurationValue { get; init; }

    /// <summary>The commanded rate, units/h; 0 while suspended.</summary>
    public decimal? Rate { get; init; }

    /// <summary>
    /// What determined the rate: <c>Suspended</c>, <c>Profile</c>, <c>Temp Rate</c>, <c>Algorithm</c>, <c>Temp Rate and
    /// Algorithm</c>, for doses also <c>Profile and Temp Rate</c> and <c>Algorithm and Temp Control Rate</c>, or an
    /// unknown code.
    /// </summary>
    public string? RateSource { get; init; }

    /// <summary>The rate of the active profile, units/h.</summary>
    public decimal? ProfileRate { get; init; }

    /// <summary>The rate that the algorithm requests, units/h; null if the algorithm is not in control.</summary>
    public decimal? AlgorithmRate { get; init; }

    /// <summary>The temporary rate, units/h; null if there is none.</summary>
    public decimal? TempRate { get; init; }

    /// <summary>
    /// The insulin of one dose, units, if the pump logs doses instead of rates; null if insulin was delivered at
    /// <see cref="Rate"/>.
    /// </summary>
    public decimal? Delivered { get; init; }
}
