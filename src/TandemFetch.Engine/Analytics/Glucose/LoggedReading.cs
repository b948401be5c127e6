namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>A reading as it is stored.</summary>
/// <param name="Moment">Microseconds since 1970 UTC.</param>
/// <param name="Position">Place of the entry in the pump's log.</param>
/// <param name="Log">The number of the sensor that it comes from.</param>
/// <param name="Glucose">mg/dL.</param>
internal readonly record struct LoggedReading(long Moment, long Position, int Log, short Glucose)
    : IComparable<LoggedReading>
{
    /// <summary>The order in time.</summary>
    public int CompareTo(LoggedReading other) => Moment.CompareTo(other.Moment);
}
