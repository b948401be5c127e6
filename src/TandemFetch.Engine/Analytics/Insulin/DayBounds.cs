namespace TandemFetch.Engine.Analytics.Insulin;

/// <summary>A local day.</summary>
/// <param name="Day">Its date.</param>
/// <param name="Begins">Its first moment, microseconds since 1970 UTC.</param>
/// <param name="Ends">The first moment after it.</param>
internal readonly record struct DayBounds(DateOnly Day, long Begins, long Ends);
