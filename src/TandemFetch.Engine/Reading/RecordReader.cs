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
        PumpSerials.Check(filter.PumpSerials, _pumps.Value.Values.Select(pump => pump.Label!));
        var spans = database
            .Query<ClockSpanRow>(SqlResource.Read("TandemFetch.Engine.Reading.Statements.clock_spans.sql"))
            .Select(row => row.ToRecord(_pumps.Value.GetValueOrDefault(row.DeviceAssignmentId) ?? PumpDisplay.Unlisted))
            .Where(span => filter.PumpSerials.Count == 0 || filter.PumpSerials.Contains(span.PumpSerial))
            .Where(span => filter.Since is null || span.Since >= filter.Since)
            .Where(span => filter.Until is null || span.Since < filter.Until)
            .ToList();
        if (filter.Newest is not { } newest)
        {
            return spans;
        }

        // The spans of one pump follow those of another. A span without a time is the first of its pump.
        var kept = spans.OrderByDescending(span => span.Since?.DateTime ?? span.PumpTime).Take(newest).ToHashSet();
        return [.. spans.Where(kept.Contains)];
    }

    private IEnumerable<T> Read<T>(
        string table,
        RecordTimes times,
        string order,
        RecordFilter filter,
        CancellationToken cancellationToken,
        Func<RecordRow, T> toRecord)
    {
        var conditions = new RecordConditions(times, filter, _pumps.Value);
        UnknownTimeRows = times == RecordTimes.TrueTime && filter is { UnknownTime: false, Since: null, Until: null }
            ? CountUnknownTime(table, filter)
            : 0;
        using var interrupt = database.InterruptOn(cancellationToken);
        if (filter.Newest is { } newest)
        {
            StartAtNewest(newest, table, conditions);
        }

        var extent = ExtentOf(table, conditions);
        var surplus = extent.Rows - (filter.Newest ?? extent.Rows);
        foreach (var (from, to) in Stretches(extent))
        {
            var sql = $"FROM {table}{conditions.Within(from, to, order)}";
            using var rows = ColumnReader.Streaming(database, sql);
            var row = new RecordRow(rows, _pumps.Value);
            while (rows.NextChunk())
            {
                for (var index = 0; index < rows.Count; index++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (surplus-- > 0)
                    {
                        continue;
                    }

                    row.MoveTo(index);
                    yield return toRecord(row);
                }
            }
        }
    }

    private long CountUnknownTime(string table, RecordFilter filter)
    {
        var conditions = new RecordConditions(RecordTimes.TrueTime, filter with { UnknownTime = true }, _pumps.Value);
        return database.Scalar<long>($"SELECT count(*) FROM {table}{conditions.Where}");
    }

    /// <summary>
    /// Excludes the rows that are older than this many rows. Older rows of the same time as the oldest of these remain.
    /// </summary>
    private void StartAtNewest(int newest, string table, RecordConditions conditions)
    {
        // Only times are ordered, so that a large number does not sort whole rows.
        var time = conditions.TimeColumn;
        var oldest = database.Query<DateTime>(
            $"SELECT {time}::TIMESTAMP FROM {table}{conditions.Where} ORDER BY {time} DESC LIMIT 1 OFFSET {newest - 1}");
        if (oldest is [var start])
        {
            conditions.StartAt(start);
        }
    }

    private Extent ExtentOf(string table, RecordConditions conditions)
    {
        var time = conditions.TimeColumn;
        using var extent = new ColumnReader(
            database,
            $"SELECT count(*) AS rows, min({time})::TIMESTAMP AS first, max({time})::TIMESTAMP AS last "
            + $"FROM {table}{conditions.Where}");
        extent.NextChunk();
        return new Extent(extent.Int64(0, 0), Time(1), Time(2));

        DateTime? Time(int column) =>
            extent.IsNull(column, 0) ? null : Clock.ZoneOffsets.Utc.ToLocal(extent.Int64(column, 0)).DateTime;
    }

    /// <summary>Splits the time of a read into ranges of about <see cref="RowsPerStretch"/> rows.</summary>
    private static List<(DateTime? From, DateTime? To)> Stretches(Extent extent)
    {
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
        var pumps = new List<PumpRow>();
        using (var rows = new ColumnReader(
            database, $"SELECT device_assignment_id, {PumpReader.Label} AS label, time_zone FROM pumps"))
        {
            while (rows.NextChunk())
            {
                for (var row = 0; row < rows.Count; row++)
                {
                    pumps.Add(new PumpRow(rows.Text(0, row), rows.Text(1, row), rows.Text(2, row)));
                }
            }
        }

        var zones = Clock.ZoneTable.Read(database, pumps.Select(pump => pump.TimeZone));
        return pumps.ToDictionary(
            pump => pump.DeviceAssignmentId, pump => new PumpDisplay(pump.Label, zones[pump.TimeZone]));
    }

    private sealed record Extent(long Rows, DateTime? First, DateTime? Last);

    private sealed record PumpRow(string DeviceAssignmentId, string Label, string TimeZone);
}
