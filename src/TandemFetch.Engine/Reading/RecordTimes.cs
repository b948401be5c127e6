namespace TandemFetch.Engine.Reading;

/// <summary>Which time orders and filters the rows of a table.</summary>
internal enum RecordTimes
{
    /// <summary>The column <c>timestamp</c>.</summary>
    TrueTime,

    /// <summary>The column <c>pump_time</c>, for raw entries: nothing has resolved them yet.</summary>
    PumpClock,
}
