namespace TandemFetch.Engine.Analytics.Insulin;

/// <summary>A delivery of basal insulin. Moments are microseconds since 1970 UTC.</summary>
/// <param name="Id">The id of the log entry that begins it.</param>
/// <param name="Began">When it began.</param>
/// <param name="Ended">When it ended; <see cref="Lasting"/> while it lasts.</param>
/// <param name="Rate">Thousandths of units/h; 0 where it is unknown.</param>
/// <param name="IsCommanded">Whether the log says what determined the rate.</param>
/// <param name="IsAutomated">Whether the algorithm did, alone or with something else.</param>
internal readonly record struct BasalStretch(
    long Id, long Began, long Ended, int Rate, bool IsCommanded, bool IsAutomated) : IComparable<BasalStretch>
{
    /// <summary>The end of a delivery that has none yet.</summary>
    public const long Lasting = long.MaxValue;

    /// <summary>The order in time.</summary>
    public int CompareTo(BasalStretch other) =>
        Began != other.Began ? Began.CompareTo(other.Began) : Id.CompareTo(other.Id);
}
