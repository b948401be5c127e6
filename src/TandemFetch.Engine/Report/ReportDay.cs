using TandemFetch.Engine.Analytics.Insulin;
using TandemFetch.Engine.Clock;
using TandemFetch.Records;

namespace TandemFetch.Engine.Report;

/// <summary>A day of a report. Times are in the zone of the report.</summary>
public sealed record ReportDay
{
    /// <summary>The date.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Its first moment.</summary>
    public required DateTimeOffset Begins { get; init; }

    /// <summary>The first moment of the next day.</summary>
    public required DateTimeOffset Ends { get; init; }

    /// <summary>
    /// The measures of its glucose by value, in mg/dL, without those of the order in time; null without readings.
    /// </summary>
    public GlucoseMetrics? Glucose { get; init; }

    /// <summary>Its insulin; null without totals.</summary>
    public InsulinMetrics? Insulin { get; init; }

    /// <summary>Glucose readings, oldest first; those of one moment count once.</summary>
    public IReadOnlyList<ReportReading> Readings { get; init; } = [];

    /// <summary>Boluses.</summary>
    public IReadOnlyList<Bolus> Boluses { get; init; } = [];

    /// <summary>Basal deliveries that overlap the day.</summary>
    internal IReadOnlyList<BasalStretch> Basal { get; init; } = [];

    /// <summary>Alerts, without mere reminders.</summary>
    public IReadOnlyList<Alert> Alerts { get; init; } = [];

    /// <summary>Modes that overlap the day.</summary>
    public IReadOnlyList<UserMode> Modes { get; init; } = [];

    /// <summary>Whether the day has anything to show.</summary>
    public bool HasAnything => Readings.Count + Boluses.Count + Basal.Count + Alerts.Count + Modes.Count > 0;

    /// <summary>When the last thing of the day happened that has a time; its beginning where there is none.</summary>
    internal DateTimeOffset LastMoment => Readings.Select(reading => (DateTimeOffset?)reading.Timestamp)
        .Concat(Boluses.Select(bolus => bolus.Timestamp))
        .Concat(Basal.Select(delivery => (DateTimeOffset?)ZoneOffsets.Utc.ToLocal(delivery.Began)))
        .Concat(Alerts.Select(alert => alert.Timestamp))
        .Concat(Modes.Select(mode => mode.Timestamp))
        .Max() ?? Begins;
}
