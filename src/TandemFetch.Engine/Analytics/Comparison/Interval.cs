namespace TandemFetch.Engine.Analytics.Comparison;

/// <summary>An interval of confidence.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
internal sealed record Interval(double Low, double High);
