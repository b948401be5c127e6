namespace TandemFetch.Engine.Reading;

/// <summary>The time by which the rows of a table are ordered and filtered.</summary>
internal enum RecordTimes
{
    /// <summary>The column <c>timestamp</c>.</summary>
    TrueTime,

    /// <summary>The column <c>pump_time</c>, for raw entries, whose true time has not been resolved yet.</summary>
    PumpClock,
}
