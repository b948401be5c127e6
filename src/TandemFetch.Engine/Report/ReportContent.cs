using System.Globalization;
using TandemFetch.Engine.Clock;
using TandemFetch.Records;

namespace TandemFetch.Engine.Report;

/// <summary>What a report shows, and how.</summary>
public sealed record ReportContent
{
    /// <summary>The heading, which alone may name a person; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>The beginning of the period, in the zone of the report.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The end of the period, which is no longer included.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The zone of days and times.</summary>
    public ZoneOffsets Zone { get; init; } = ZoneOffsets.Utc;

    /// <summary>The unit in which glucose is shown.</summary>
    public GlucoseUnit Unit { get; init; }

    /// <summary>The ranges and their goals.</summary>
    public GlucoseRanges Ranges { get; init; } = GlucoseRanges.Standard;

    /// <summary>The measures of glucose, in mg/dL.</summary>
    public required GlucoseMetrics Glucose { get; init; }

    /// <summary>The 24 hours of the glucose profile, in mg/dL.</summary>
    public required IReadOnlyList<GlucoseProfileHour> Profile { get; init; }

    /// <summary>The averages of insulin.</summary>
    public required InsulinMetrics Insulin { get; init; }

    /// <summary>The settings of the pumps at the end of the period.</summary>
    public IReadOnlyList<Profile> Settings { get; init; } = [];

    /// <summary>The days that have anything, oldest first.</summary>
    public IReadOnlyList<ReportDay> Days { get; init; } = [];

    /// <summary>Whether there are daily pages.</summary>
    public bool HasDailyPages { get; init; } = true;

    /// <summary>How dates and numbers are written.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;
}
