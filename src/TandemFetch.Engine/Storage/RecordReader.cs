using TandemFetch.Records;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// Reads tables as records, oldest first, each as soon as it is read. A long table is read in stretches of time, so that it comes
/// in order without ever being sorted as a whole.
/// </summary>
/// <param name="database">An open file.</param>
public sealed class RecordReader(TandemDatabase database)
{
    private const long RowsPerStretch = 100_000;

    private readonly Lazy<IReadOnlyDictionary<string, PumpNaming>> _pumps = new(() => Pumps(database));

    /// <summary>
    /// How many rows of the table that is being read have no known true time and were left out; 0 where the filter names a range of
    /// time, which nothing of unknown time can lie in.
    /// </summary>
    public long UnknownTimeRows { get; private set; }

    /// <summary>Entries exactly as received, in the order in which they came; times of the filter are compared with the pump's wall clock.</summary>
    public IEnumerable<RawEvent> RawEvents(RecordFilter filter, CancellationToken cancellationToken) =>
        Read("raw_events", RecordTimes.PumpClock, filter, cancellationToken, row => new RawEvent
        {
            Id = row.Int64(0),
            DeviceAssignmentId = row.Text(1)!,
            PumpSerial = row.PumpSerial,
            Created = row.Time(2)!.Value,
            PumpTime = row.Clock(3),
            SequenceGroup = row.Int64(4),
            SequenceNumber = row.Int64(5),
            Revision = row.Int32(6),
            EventCode = row.Int32(7),
            RawEventData = row.Text(8),
            Envelope = row.Text(9),
        });

    /// <summary>Parsed entries.</summary>
    public IEnumerable<PumpEvent> Events(RecordFilter filter, CancellationToken cancellationToken) =>
        Read("events", RecordTimes.TrueTime, filter, cancellationToken, row => new PumpEvent
        {
            Id = row.Int64(0),
            PumpSerial = row.PumpSerial,
            Timestamp = row.Time(2),
            PumpTime = row.Clock(3),
            EventId = row.Int32(4),
            EventName = row.Text(5)!,
            EventData = row.Text(6)!,
            LogPosition = row.Int64(7),
        });

    /// <summary>Glucose readings.</summary>
    public IEnumerable<CgmReading> CgmReadings(RecordFilter filter, CancellationToken cancellationToken) =>
        Read("cgm_readings", RecordTimes.TrueTime, filter, cancellationToken, row => new CgmReading
        {
            Id = row.Int64(0),
            PumpSerial = row.PumpSerial,
            Timestamp = row.Time(2),
            PumpTime = row.Clock(3),
            Glucose = row.Int16(4),
            Status = row.Text(5)!,
            RateOfChange = row.Decimal(6),
            Sensor = row.Text(7)!,
            Backfilled = row.Boolean(8),
        });

    /// <summary>Basal deliveries.</summary>
    public IEnumerable<BasalDelivery> BasalDeliveries(RecordFilter filter, CancellationToken cancellationToken) =>
        Read("basal_deliveries", RecordTimes.TrueTime, filter, cancellationToken, row => new BasalDelivery
        {
            Id = row.Int64(0),
            PumpSerial = row.PumpSerial,
            Timestamp = row.Time(2),
            PumpTime = row.Clock(3),
            Ended = row.Time(4),
            Duration = row.Seconds(5),
            Rate = row.Decimal(6),
            RateSource = row.Text(7),
            ProfileRate = row.Decimal(8),
            AlgorithmRate = row.Decimal(9),
            TempRate = row.Decimal(10),
        });

    private IEnumerable<T> Read<T>(
        string table,
        RecordTimes times,
        RecordFilter filter,
        CancellationToken cancellationToken,
        Func<RecordRow, T> toRecord)
    {
        var select = SqlResource.Read($"TandemFetch.Engine.Storage.Records.{table}.sql");
        var conditions = new RecordConditions(table, times, filter, _pumps.Value);
        UnknownTimeRows = times == RecordTimes.TrueTime && filter is { UnknownTime: false, Since: null, Until: null }
            ? CountUnknownTime(table, filter)
            : 0;
        using var interrupt = database.InterruptOn(cancellationToken);
        foreach (var (from, to) in Stretches(table, conditions))
        {
            var sql = select + conditions.Within(from, to);
            using var rows = ColumnReader.Streaming(database.Connection, sql);
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

    /// <summary>Cuts the time that a read covers into stretches of about <see cref="RowsPerStretch"/> rows.</summary>
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

    private static Dictionary<string, PumpNaming> Pumps(TandemDatabase database) =>
        database.Query<PumpRow>("SELECT device_assignment_id, serial_number, time_zone FROM pumps")
            .ToDictionary(
                pump => pump.DeviceAssignmentId,
                pump => new PumpNaming(
                    pump.SerialNumber,
                    TimeZoneInfo.TryFindSystemTimeZoneById(pump.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc));

    private sealed record Extent(long Rows, DateTime? First, DateTime? Last);

    private sealed record PumpRow(string DeviceAssignmentId, string? SerialNumber, string TimeZone);
}
