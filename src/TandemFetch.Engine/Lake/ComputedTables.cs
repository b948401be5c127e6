using System.Globalization;
using System.Text;
using TandemFetch.Engine.Analytics;
using TandemFetch.Engine.Analytics.Glucose;
using TandemFetch.Engine.Analytics.Insulin;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Lake;

/// <summary>The tables of a lake that are computed by <see cref="Analytics"/>, in the session of one pump.</summary>
/// <param name="database">The database.</param>
/// <param name="session">The session.</param>
/// <param name="pump">The pump.</param>
/// <param name="zone">Its zone.</param>
/// <param name="cancellationToken">Stops the work.</param>
internal sealed class ComputedTables(
    TandemDatabase database,
    TandemDatabase session,
    LakePump pump,
    ZoneOffsets zone,
    CancellationToken cancellationToken)
{
    private const long Second = 1_000_000;

    private readonly byte[] _device = Encoding.UTF8.GetBytes(pump.Assignments[0].Key);
    private GlucoseLog? _log;

    /// <summary>Changes with every version of the module: a new one may compute something else.</summary>
    public string Version { get; } = typeof(ComputedTables).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    private RecordFilter Filter => new() { PumpSerials = [pump.PumpSerial] };

    private GlucoseLog Log => _log ??= GlucoseLog.Read(database, Filter, null, cancellationToken);

    /// <summary>Creates the tables without rows.</summary>
    public void Prepare()
    {
        session.Execute(LakeStatements.Read("computed_tables"));
        session.Execute(LakeStatements.Read("macros"));
        session.Execute(AnalysisSql.Read("Insulin", "macros"));
        session.Execute($"INSERT INTO lake_pumps VALUES {string.Join(", ", pump.Assignments.Select(Row))}");
        session.Execute($"INSERT INTO lake_offsets VALUES {string.Join(", ", zone.Changes.Select(Row))}");
    }

    /// <summary>Computes the rows of a table.</summary>
    public void Fill(string table)
    {
        switch (table)
        {
            case "glucose_values":
                FillGlucose();
                return;
            case "daily_metrics":
                FillDays();
                return;
            default:
                session.Execute(LakeStatements.Read(table));
                return;
        }
    }

    private string Row((string Key, string NameInLake) assignment) =>
        $"({SqlText.Literal(assignment.Key)}, {SqlText.Literal(pump.Name)}, {SqlText.Literal(assignment.NameInLake)}, "
        + $"{SqlText.Literal(pump.Name)})";

    // The first offset applies from the beginning of time.
    private static string Row(ZoneChange change, int index) => index == 0
        ? $"('-infinity', {SqlText.Number(change.UtcOffset)})"
        : $"(make_timestamptz({SqlText.Number(change.Starts)}::BIGINT), {SqlText.Number(change.UtcOffset)})";

    private void FillGlucose()
    {
        using var rows = new ColumnAppender(session, "lake_glucose_values", isTemporary: true);
        foreach (var point in Log.Points)
        {
            rows.Set(0, _device);
            rows.Set(1, point.Moment);
            rows.Set(2, zone.WallClock(point.Moment));
            rows.SetValue(3, (short)point.Glucose);
            rows.Set(4, (int)(point.Stands / Second));
            rows.EndRow();
        }

        rows.Complete();
    }

    private void FillDays()
    {
        var glucose = GlucoseMeasures.MeasureBy(Log, GlucoseRanges.Standard, GlucoseGrouping.Day)
            .ToDictionary(metrics => DateOnly.ParseExact(metrics.Group!, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        var insulin = InsulinMeasures.Days(database, Filter, cancellationToken)
            .ToDictionary(metrics => metrics.DayValue!.Value);
        var columns = session.Query<(string Name, string Type)>(LakeStatements.Read("metric_columns"));
        var values = columns.Select(column => new MetricColumn(column.Name, column.Type)).ToList();
        using var rows = new ColumnAppender(session, "lake_daily_metrics", isTemporary: true);
        foreach (var day in glucose.Keys.Union(insulin.Keys).Order())
        {
            rows.Set(0, _device);
            rows.Set(1, day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber);
            for (var index = 0; index < values.Count; index++)
            {
                values[index].Set(rows, index + 2, glucose.GetValueOrDefault(day), insulin.GetValueOrDefault(day));
            }

            rows.EndRow();
        }

        rows.Complete();
    }
}
