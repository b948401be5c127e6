using TandemFetch.Engine.Analytics;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Report;

/// <summary>How far the log of the pumps of a session reaches.</summary>
internal static class RecordedPeriod
{
    /// <summary>When the newest reading or bolus is of, in the zone of the session; null where there is none.</summary>
    /// <param name="session">The pumps.</param>
    public static DateTimeOffset? NewestMoment(AnalysisSession session)
    {
        var statement = SqlResource.Read($"{typeof(RecordedPeriod).Namespace}.Statements.newest.sql");
        var newest = session.Query<long?>(statement)[0];
        return newest is { } moment ? session.ToLocal(moment) : null;
    }
}
