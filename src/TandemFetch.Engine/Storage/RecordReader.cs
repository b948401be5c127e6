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

    /// <summary>Boluses.</summary>
    public IEnumerable<Bolus> Boluses(RecordFilter filter, CancellationToken cancellationToken) =>
        Read("boluses", RecordTimes.TrueTime, filter, cancellationToken, row => new Bolus
        {
            Id = row.Int64(0),
            PumpSerial = row.PumpSerial,
            Timestamp = row.Time(2),
            PumpTime = row.Clock(3),
            BolusId = row.Int32(4),
            Kind = row.Text(5),
            Source = row.Text(6),
            Status = row.Text(7),
            Started = row.Time(8),
            Ended = row.Time(9),
            Requested = row.Decimal(10),
            RequestedFood = row.Decimal(11),
            RequestedCorrection = row.Decimal(12),
            RequestedNow = row.Decimal(13),
            RequestedLater = row.Decimal(14),
            ExtendedDuration = row.Minutes(15),
            Delivered = row.Decimal(16),
            DeliveredNow = row.Decimal(17),
            DeliveredLater = row.Decimal(18),
            Carbs = row.NullableInt32(19),
            Bg = row.NullableInt32(20),
            Iob = row.Decimal(21),
            CarbRatio = row.Decimal(22),
            CorrectionFactor = row.NullableInt32(23),
            TargetBg = row.NullableInt32(24),
            Overridden = row.NullableBoolean(25),
            DeclinedCorrection = row.NullableBoolean(26),
        });

    /// <summary>Glucose values entered.</summary>
    public IEnumerable<BgReading> BgReadings(RecordFilter filter, CancellationToken cancellationToken) =>
        Read("bg_readings", RecordTimes.TrueTime, filter, cancellationToken, row => new BgReading
        {
            Id = row.Int64(0),
            PumpSerial = row.PumpSerial,
            Timestamp = row.Time(2),
            PumpTime = row.Clock(3),
            Glucose = row.NullableInt32(4),
            FromCgm = row.NullableBoolean(5),
            EnteredRemotely = row.NullableBoolean(6),
            Calibration = row.NullableBoolean(7),
            Iob = row.Decimal(8),
            CorrectionFactor = row.NullableInt32(9),
            TargetBg = row.NullableInt32(10),
        });

    /// <summary>Alerts, alarms, malfunctions and sensor alerts.</summary>
    public IEnumerable<Alert> Alerts(RecordFilter filter, CancellationToken cancellationToken) =>
        Read("alerts", RecordTimes.TrueTime, filter, cancellationToken, row => new Alert
        {
            Id = row.Int64(0),
            PumpSerial = row.PumpSerial,
            Timestamp = row.Time(2),
            PumpTime = row.Clock(3),
            Kind = row.Text(4)!,
            Name = row.Text(5),
            Sensor = row.Text(6),
            Reminder = row.Boolean(7),
            Acknowledged = row.Time(8),
            AcknowledgedBy = row.Text(9),
            Cleared = row.Time(10),
            Duration = row.Seconds(11),
        });

    /// <summary>Suspensions of all insulin.</summary>
    public IEnumerable<Suspension> Suspensions(RecordFilter filter, CancellationToken cancellationToken) =>
        Read("suspensions", RecordTimes.TrueTime, filter, cancellationToken, row => new Suspension
        {
            Id = row.Int64(0),
            PumpSerial = row.PumpSerial,
            Timestamp = row.Time(2),
            PumpTime = row.Clock(3),
            Reason = row.Text(4),
            InsulinRemaining = row.NullableInt32(5),
            Ended = row.Time(6),
            Duration = row.Seconds(7),
        });

    /// <summary>Cartridges, tubings and cannulas filled.</summary>
    public IEnumerable<SiteChange> SiteChanges(RecordFilter filter, CancellationToken cancellationToken) =>
        Read("site_changes", RecordTimes.TrueTime, filter, cancellationToken, row => new SiteChange
        {
            Id = row.Int64(0),
            PumpSerial = row.PumpSerial,
            Timestamp = row.Time(2),
            PumpTime = row.Clock(3),
            Part = row.Text(4)!,
            Units = row.Decimal(5),
            Status = row.Text(6),
        });

    /// <summary>Sleep, exercise and eating soon.</summary>
    public IEnumerable<UserMode> UserModes(RecordFilter filter, CancellationToken cancellationToken) =>
        Read("user_modes", RecordTimes.TrueTime, filter, cancellationToken, row => new UserMode
        {
            Id = row.Int64(0),
            PumpSerial = row.PumpSerial,
            Timestamp = row.Time(2),
            PumpTime = row.Clock(3),
            Mode = row.Text(4)!,
            StartedBy = row.Text(5)!,
            PlannedDuration = row.Minutes(6),
            Ended = row.Time(7),
            Duration = row.Seconds(8),
        });

    /// <summary>Sessions of the glucose sensor.</summary>
    public IEnumerable<CgmSession> CgmSessions(RecordFilter filter, CancellationToken cancellationToken) =>
        Read("cgm_sessions", RecordTimes.TrueTime, filter, cancellationToken, row => new CgmSession
        {
            Id = row.Int64(0),
            PumpSerial = row.PumpSerial,
            Timestamp = row.Time(2),
            PumpTime = row.Clock(3),
            Sensor = row.Text(4)!,
            BeganWith = row.Text(5)!,
            PlannedDays = row.NullableInt32(6),
            Rejoined = row.Int32(7),
            Ended = row.Time(8),
            EndedBy = row.Text(9),
            StopReason = row.Text(10),
            Duration = row.Seconds(11),
        });

    /// <summary>Totals by day.</summary>
    public IEnumerable<DailyTotal> DailyTotals(RecordFilter filter, CancellationToken cancellationToken) =>
        Read("daily_totals", RecordTimes.TrueTime, filter, cancellationToken, row => new DailyTotal
        {
            Day = row.Day(0),
            PumpSerial = row.PumpSerial,
            Timestamp = row.Time(2),
            BasalUnits = row.Decimal(3)!.Value,
            BasalTime = row.Seconds(4)!.Value,
            BolusUnits = row.Decimal(5)!.Value,
            Boluses = row.Int32(6),
            Carbs = row.Int32(7),
            CgmReadings = row.Int32(8),
        });

    /// <summary>Profiles of all versions of the settings, oldest version first.</summary>
    public IEnumerable<Profile> Profiles(RecordFilter filter, CancellationToken cancellationToken)
    {
        var segments = Segments();
        return Read("profiles", RecordTimes.TrueTime, filter, cancellationToken, row => new Profile
        {
            SettingsVersion = row.Int64(0),
            PumpSerial = row.PumpSerial,
            Timestamp = row.Time(2),
            ProfileId = row.Int32(3),
            Name = row.Text(4),
            Active = row.Boolean(5),
            InsulinDuration = row.Minutes(6),
            MaxBolus = row.Decimal(7),
            CarbEntry = row.Text(8),
            Segments = [.. segments[(row.Int64(0), row.Int32(3))]],
        });
    }

    /// <summary>Spans of the pumps' clocks, oldest first; the filter's times are compared with the beginnings of the spans.</summary>
    public IReadOnlyList<ClockSpan> ClockSpans(RecordFilter filter)
    {
        PumpSerials.Check(filter.PumpSerials, _pumps.Value.Values.Select(pump => pump.SerialNumber));
        return
        [
            .. database.Query<ClockSpanRow>(SqlResource.Read("TandemFetch.Engine.Storage.Records.clock_spans.sql"))
                .Select(row => row.ToRecord(_pumps.Value.GetValueOrDefault(row.DeviceAssignmentId) ?? PumpNaming.Stranger))
                .Where(span => filter.PumpSerials.Count == 0 || filter.PumpSerials.Contains(span.PumpSerial))
                .Where(span => (filter.Since is null || span.Since >= filter.Since) && (filter.Until is null || span.Since < filter.Until)),
        ];
    }

    private ILookup<(long Version, int Profile), ProfileSegment> Segments() =>
        database.Query<SegmentRow>(SqlResource.Read("TandemFetch.Engine.Storage.Records.profile_segments.sql"))
            .ToLookup(row => (row.PumpSettingsId, row.ProfileId), row => row.ToRecord());

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

    private static Dictionary<string, PumpNaming> Pumps(TandemDatabase database)
    {
        var pumps = database.Query<PumpRow>("SELECT device_assignment_id, serial_number, time_zone FROM pumps");
        var zones = Clock.ZoneTable.Read(database, pumps.Select(pump => pump.TimeZone));
        return pumps.ToDictionary(pump => pump.DeviceAssignmentId, pump => new PumpNaming(pump.SerialNumber, zones[pump.TimeZone]));
    }

    private sealed record SegmentRow(
        long PumpSettingsId, int ProfileId, int StartMinute, decimal? BasalRate, int? CorrectionFactor, decimal? CarbRatio, int? TargetBg)
    {
        public ProfileSegment ToRecord() => new()
        {
            Start = TimeSpan.FromMinutes((double)StartMinute),
            BasalRate = BasalRate,
            CorrectionFactor = CorrectionFactor,
            CarbRatio = CarbRatio,
            TargetBg = TargetBg,
        };
    }

    private sealed record Extent(long Rows, DateTime? First, DateTime? Last);

    private sealed record PumpRow(string DeviceAssignmentId, string? SerialNumber, string TimeZone);
}
