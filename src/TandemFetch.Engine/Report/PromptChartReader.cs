using TandemFetch.Engine.Analytics;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;
using TandemFetch.Records;

namespace TandemFetch.Engine.Report;

/// <summary>Reads what a chart at the prompt shows.</summary>
public static class PromptChartReader
{
    private static readonly TimeSpan UsualLength = TimeSpan.FromHours(6.0);

    /// <summary>
    /// Reads a period. Without an end, it ends after the newest reading or bolus; without a beginning, it is six hours
    /// long.
    /// </summary>
    /// <param name="database">An open file.</param>
    /// <param name="filter">The period and the pumps.</param>
    /// <param name="now">The end of the period where the file has neither readings nor boluses.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, <c>TimeZoneUnknown</c>.</exception>
    public static PromptChartContent Read(
        TandemDatabase database, RecordFilter filter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        using var session = AnalysisSession.Open(database, filter, cancellationToken);
        var until = filter.Until ?? EndOf(session, filter.Since, now);
        var since = filter.Since ?? until - UsualLength;
        var shown = filter with { Since = since, Until = until };
        var reader = new RecordReader(database);
        return new PromptChartContent
        {
            Since = since,
            Until = until,
            Zone = session.Zone,
            Readings = [.. reader.Read<CgmReading>(shown, cancellationToken)],
            Boluses = [.. reader.Read<Bolus>(shown, cancellationToken)],
        };
    }

    private static DateTimeOffset EndOf(AnalysisSession session, DateTimeOffset? since, DateTimeOffset now)
    {
        var newest = RecordedPeriod.NewestMoment(session);
        var end = newest is { } moment ? moment.AddMinutes(1.0) : now;
        return since >= end ? since.Value + UsualLength : end;
    }
}
