namespace TandemFetch.Engine.Report;

/// <summary>A glucose reading of a report.</summary>
/// <param name="Timestamp">When it was measured, in the zone of the report.</param>
/// <param name="Glucose">mg/dL.</param>
public readonly record struct ReportReading(DateTimeOffset Timestamp, int Glucose);
