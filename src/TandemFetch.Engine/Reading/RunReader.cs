using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Reading;

/// <summary>Reads the run log of a file, all at once.</summary>
public static class RunReader
{
    /// <summary>The stage runs, oldest first.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="filter">When they began, of which pumps, and conditions on columns of the run log.</param>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, listing the serial numbers that exist.</exception>
    public static IReadOnlyList<PipelineRun> Read(TandemDatabase database, RecordFilter filter)
    {
        PumpReader.Check(database, filter.PumpSerials);
        var inRange = SqlResource.Read("TandemFetch.Engine.Reading.Statements.pipeline_runs.sql");
        var rows = database.Query<Row>(
            $"FROM (FROM ({inRange}) WHERE {ConditionOf(filter)} ORDER BY id DESC LIMIT $newest) ORDER BY id",
            new { since = Text(filter.Since), until = Text(filter.Until), newest = filter.Newest ?? int.MaxValue });
        var zones = ZoneTable.Read(database, rows.Select(row => row.TimeZone).OfType<string>());
        return [.. rows.Select(row => ToRun(row, row.TimeZone is { } zone ? zones[zone] : null))];
    }

    private static string ConditionOf(RecordFilter filter)
    {
        var conditions = filter.PumpSerials.Count == 0
            ? filter.Conditions
            : filter.Conditions.Append(ColumnCondition.Matching("label", filter.PumpSerials));
        return string.Join(" AND ", conditions.Select(condition => condition.Sql).DefaultIfEmpty("true"));
    }

    private static string? Text(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff+00", System.Globalization.CultureInfo.InvariantCulture);

    private static PipelineRun ToRun(Row row, ZoneOffsets? zone) => new()
    {
        Id = row.Id,
        Stage = Enum.Parse<PipelineStage>(row.Stage),
        PumpSerial = row.Label,
        Started = ZoneOffsets.ToLocal(row.Started, zone)!.Value,
        DurationValue = TimeSpan.FromMilliseconds(row.DurationMs),
        RowsIn = row.RowsIn,
        RowsOut = row.RowsOut,
        Outcome = Enum.Parse<PipelineOutcome>(row.Outcome),
        ErrorId = row.ErrorId,
        Error = row.Error,
    };

    private sealed record Row(
        long Id,
        string Stage,
        string? Label,
        string? TimeZone,
        DateTime Started,
        long DurationMs,
        long RowsIn,
        long RowsOut,
        string Outcome,
        string? ErrorId,
        string? Error);
}
