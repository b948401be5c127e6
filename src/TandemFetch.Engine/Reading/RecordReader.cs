using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Reading;

/// <summary>
/// Reads tables as records, oldest first, and returns each record as soon as it is read. A long table is read in time
/// ranges, so that it is returned in order without ever being sorted as a whole.
/// </summary>
/// <param name="database">An open file.</param>
public sealed class RecordReader(TandemDatabase database)
{
    private const long RowsPerStretch = 100_000;

    private readonly Lazy<IReadOnlyDictionary<string, PumpDisplay>> _pumps = new(() => Pumps(database));

    /// <summary>
    /// How many rows of the current table were omitted because their true time is unknown; 0 if the filter has a time
    /// range, which cannot contain rows of unknown time.
    /// </summary>
    public long UnknownTimeRows { get; private set; }

    /// <summary>
    /// Entries exactly as received, in order of arrival; times of the filter are compared with the pump's wall clock.
    /// </summary>
    public IEnumerable<RawEvent> RawEvents(RecordFilter filter, CancellationToken cancellationToken) =>
        Read("raw_events", RecordTimes.PumpClock, "id", filter, cancellationToken, row => new RawEvent
        {
            Id = row.Int64("id"),
            DeviceAssignmentId = row.Text("device_assignment_id")!,
            PumpSerial = row.PumpSerial,
            Created = row.Time("created")!.Value,
            PumpTime = row.Clock("pump_time"),
            SequenceGroup = row.Int64("sequence_group"),
            SequenceNumber = row.Int64("sequence_number"),
            Revision = row.Int32("revision"),
            EventCode = row.Int32("event_code"),
            RawEventData = row.Text("raw_event_data"),
            Envelope = row.Text("envelope"),
        });

    /// <summary>Parsed entries.</summary>
    public IEnumerable<PumpEvent> Events(RecordFilter filter, CancellationToken cancellationToken) =>
        Read("events", RecordTimes.TrueTime, "id", filter, cancellationToken, row => new PumpEvent
        {
            Id = row.Int64("id"),
            PumpSerial = row.PumpSerial,
            Timestamp = row.Time("timestamp"),
            PumpTime = row.Clock("pump_time"),
            EventId = row.Int32("event_id"),
            EventName = row.Text("event_name")!,
            EventData = row.Text("event_data")!,
            LogPosition = row.Int64("log_position"),
        });

    /// <summary>Rows of a table that defines how they become records.</summary>
    internal IEnumerable<T> Read<T>(
        IRecordSource<T> source, RecordFilter filter, CancellationToken cancellationToken) =>
        Read(source.Name, source.RecordTimes, source.RecordOrder, filter, cancellationToken, source.Mapping(database));

    /// <summary>
    /// Spans of the pumps' clocks, oldest first; the filter's times are compared with the beginnings of the spans.
    /// </summary>
    public IReadOnlyList<ClockSpan> ClockSpans(RecordFilter filter)
    {
        PumpSerials.Check(filter.PumpSerials, _pumps.Value.Values.Select(pump => pump.SerialNumber));
        return
        [
            .. database.Query<ClockSpanRow>(SqlResource.Read("TandemFetch.Engine.Reading.Statements.clock_spans.sql"))
                .Select(row => row.ToRecord(_pumps.Value.GetValueOrDefault(row.DeviceAssignmentId) ?? PumpDisplay.Unlisted))
                .Where(span => filter.PumpSerials.Count == 0 || filter.PumpSerials.Contains(span.PumpSerial))
                .Where(span => (filter.Since is null || span.Since >= filter.Since) && (filter.Until is null || span.Since < filter.Until)),
        ];
    }

    private IEnumerable<T> Read<T>(
        string table,
        RecordTimes times,
        string order,
        RecordFilter filter,
        CancellationToken cancellationToken,
        Func<RecordRow, T> toRecord)
    {
        var conditions = new RecordConditions(table, times, filter, _pumps.Value);
        UnknownTimeRows = times == RecordTimes.TrueTime && filter is { UnknownTime: false, Since: null, Until: null }
            ? CountUnknownTime(table, filter)
            : 0;
        using var interrupt = database.InterruptOn(cancellationToken);
        foreach (var (from, to) in Stretches(table, conditions))
        {
            var sql = $"FROM {table}{conditions.Within(from, to, order)}";
            using var rows = ColumnReader.Streaming(database, sql);
            var row = new RecordRow(rows, _pumps.Value);
            while (rows.NextChunk())
            {
                for (var index = 0; index < rows.Count; index++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    row.MoveTo(index);
                    yield return toRecord(row);
                }
            }
        }
    }

    private long CountUnknownTime(string table, RecordFilter filter)
    {
        var conditions = new RecordConditions(table, RecordTimes.TrueTime, filter with { UnknownTime = true }, _pumps.Value);
        return database.Scalar<long>($"SELECT count(*) FROM {table}{conditions.Where}");
    }

    /// <summary>Splits the time of a read into ranges of about <see cref="RowsPerStretch"/> rows.</summary>
    private List<(DateTime? From, DateTime? To)> Stretches(string table, RecordConditions conditions)
    {
        var extent = database.Query<Extent>(
            $"SELECT count(*) AS rows, min({conditions.TimeColumn})::TIMESTAMP AS first, max({conditions.TimeColumn})::TIMESTAMP AS last FROM {table}{conditions.Where}")[0];
        if (extent.Rows == 0)
        {
            return [];
        }

        var count = (int)(extent.Rows / RowsPerStretch);
        if (count == 0 || extent.First is not { } first || extent.Last is not { } last)
        {
            return [(null, null)];
        }

        var cuts = Enumerable.Range(1, count).Select(cut => (DateTime?)(first + ((last - first) / (count + 1) * cut))).ToList();
        return [.. cuts.Prepend(null).Zip(cuts.Append(null))];
    }

    private static Dictionary<string, PumpDisplay> Pumps(TandemDatabase database)
    {
        var pumps = database.Query<PumpRow>("SELECT device_assignment_id, serial_number, time_zone FROM pumps");
        var zones = Clock.ZoneTable.Read(database, pumps.Select(pump => pump.TimeZone));
        return pumps.ToDictionary(pump => pump.DeviceAssignmentId, pump => new PumpDisplay(pump.SerialNumber, zones[pump.TimeZone]));
    }

    private sealed record Extent(long Rows, DateTime? First, DateTime? Last);

    private sealed record PumpRow(string DeviceAssignmentId, string? SerialNumber, string TimeZone);
}
