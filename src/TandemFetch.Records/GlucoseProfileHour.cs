namespace TandemFetch.Records;

/// <summary>
/// An hour of the day in the glucose profile: percentiles of all readings of that hour, smoothed over the neighbouring
/// hours, and as they are.
/// </summary>
public sealed record GlucoseProfileHour
{
    /// <summary>The hour of the day in the pump's zone, 0 to 23. A value is drawn at its half hour.</summary>
    public int Hour { get; init; }

    /// <summary>Readings in this hour of all days.</summary>
    public long Readings { get; init; }

    /// <summary>Days with readings in this hour.</summary>
    public int Days { get; init; }

    /// <summary>The unit of the percentiles.</summary>
    public GlucoseUnit Unit { get; init; }

    /// <summary>5th percentile, smoothed.</summary>
    public double? Percentile5 { get; init; }

    /// <summary>25th percentile, smoothed.</summary>
    public double? Percentile25 { get; init; }

    /// <summary>Median, smoothed.</summary>
    public double? Median { get; init; }

    /// <summary>75th percentile, smoothed.</summary>
    public double? Percentile75 { get; init; }

    /// <summary>95th percentile, smoothed.</summary>
    public double? Percentile95 { get; init; }

    /// <summary>5th percentile of this hour alone.</summary>
    public double? RawPercentile5 { get; init; }

    /// <summary>25th percentile of this hour alone.</summary>
    public double? RawPercentile25 { get; init; }

    /// <summary>Median of this hour alone.</summary>
    public double? RawMedian { get; init; }

    /// <summary>75th percentile of this hour alone.</summary>
    public double? RawPercentile75 { get; init; }

    /// <summary>95th percentile of this hour alone.</summary>
    public double? RawPercentile95 { get; init; }

    /// <summary>Why percentiles are empty; null where none is.</summary>
    public string? Reason { get; init; }
}
