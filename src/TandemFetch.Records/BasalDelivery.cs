namespace TandemFetch.Records;

/// <summary>A stretch of basal insulin at one rate.</summary>
public sealed record BasalDelivery
{
    /// <summary>The id of the log entry that begins it.</summary>
    public long Id { get; init; }

    /// <summary>The pump's serial number; null when the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>When it began, in the pump's zone; null where true time cannot be known.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>When it began by the pump's own wall clock, of unspecified kind.</summary>
    public DateTime PumpTime { get; init; }

    /// <summary>When it ended, in the pump's zone; null while it goes on.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>How long it lasted; null while it goes on.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The rate commanded, units/h; 0 while suspended.</summary>
    public decimal? Rate { get; init; }

    /// <summary>What commanded it: <c>Suspended</c>, <c>Profile</c>, <c>Temp Rate</c>, <c>Algorithm</c>, <c>Temp Rate and Algorithm</c>, of doses also <c>Profile and Temp Rate</c> and <c>Algorithm and Temp Control Rate</c>, or an unknown code.</summary>
    public string? RateSource { get; init; }

    /// <summary>The rate of the active profile, units/h.</summary>
    public decimal? ProfileRate { get; init; }

    /// <summary>The rate that the algorithm wants, units/h; null when it has no say.</summary>
    public decimal? AlgorithmRate { get; init; }

    /// <summary>The temporary rate, units/h; null when there is none.</summary>
    public decimal? TempRate { get; init; }

    /// <summary>The insulin of one dose, units, where the pump logs doses instead of rates; null where it was delivered at <see cref="Rate"/>.</summary>
    public decimal? Delivered { get; init; }
}
