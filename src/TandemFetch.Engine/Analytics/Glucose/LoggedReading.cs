namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>A reading as it is stored, apart from its moment.</summary>
/// <param name="Log">The sensor that it comes from.</param>
/// <param name="Position">Place of the entry in the pump's log.</param>
/// <param name="Glucose">mg/dL.</param>
internal readonly record struct LoggedReading(SensorLog Log, long Position, short Glucose)
{
    /// <summary>Whether it is the one that counts of two readings of one moment.</summary>
    public bool Precedes(LoggedReading other) => Log.Rank < other.Log.Rank
        || (Log == other.Log && Position < other.Position);
}
