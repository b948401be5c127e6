namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>A reading that is measured.</summary>
/// <param name="Moment">Microseconds since 1970 UTC.</param>
/// <param name="Glucose">mg/dL.</param>
/// <param name="Interval">The interval of its sensor, microseconds.</param>
/// <param name="Stands">The time that it stands for, microseconds.</param>
internal readonly record struct GlucosePoint(long Moment, int Glucose, int Interval, int Stands);
