namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>A reading as the sequential measures take it.</summary>
/// <param name="Moment">Microseconds since 1970 UTC.</param>
/// <param name="Glucose">mg/dL.</param>
/// <param name="Interval">The interval of its sensor, microseconds.</param>
internal readonly record struct GlucosePoint(long Moment, int Glucose, long Interval);
