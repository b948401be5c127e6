using TandemFetch.Records;

namespace TandemFetch.Module.Tests.Views;

/// <summary>One record of every type that commands emit, with the longest values that real logs have.</summary>
internal static class WidestRecords
{
    private const string Serial = "90556643";
    private const string LongAlarm = "ATMOSPHERIC_PRESSURE_OUT_OF_RANGE_ALARM";
    private const string LongZone = "America/Argentina/ComodRivadavia";

    private static readonly DateTimeOffset Time = new(2026, 4, 20, 22, 58, 59, TimeSpan.FromHours(-4));

    // The pump's clock was set to the wrong day.
    private static readonly DateTime Ahead = new(2026, 4, 22, 2, 58, 59);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Days = new(12, 23, 59, 58);

    private static readonly MissingMeasure[] Missing =
        [new("Gmi", "It needs 70 % of 14 days."), new("Mage", "There are too few excursions.")];

    private static readonly ProfileSegment Segment = new()
    {
        StartValue = new TimeSpan(23, 30, 0),
        BasalRate = 15,
        CarbRatio = 100.125m,
        CorrectionFactor = 600,
        TargetBg = 180,
    };

    /// <summary>The records.</summary>
    public static IReadOnlyList<object> All { get; } =
    [
        new Alert
        {
            Id = 9_999_999, PumpSerial = Serial, Timestamp = Time, PumpTime = Ahead, Kind = "Malfunction",
            Name = LongAlarm, Sensor = "Libre 2", Reminder = true, Acknowledged = Time, AcknowledgedBy = "Software",
            Cleared = Time, DurationValue = new TimeSpan(3, 23, 59, 58),
        },
        new AssistantCall
        {
            Time = Time, Tool = "glucose_episodes", Sql = "SELECT date_trunc('day', timestamp) FROM boluses WHERE carbs > 20",
            Arguments = "{\"limit\": 2000}", Rows = 2_000, Milliseconds = 30_000, Outcome = "AssistantArgumentInvalid",
            Database = "/home/a-user-with-a-long-name/Documents/Health/tandem.db",
        },
        new BasalDelivery
        {
            Id = 9_999_999, PumpSerial = Serial, PumpTime = Ahead, Ended = Time, DurationValue = Day, Rate = 15,
            RateSource = "Algorithm and Temp Control Rate", ProfileRate = 15, AlgorithmRate = 15, TempRate = 15,
            Delivered = 0.35m,
        },
        new BatteryLevel
        {
            Id = 9_999_999, PumpSerial = Serial, Timestamp = Time, PumpTime = Ahead, ChargePercent = 100,
            Millivolts = 4200,
        },
        new BgReading
        {
            Id = 9_999_999, PumpSerial = Serial, PumpTime = Ahead, Glucose = 600, FromCgm = false,
            EnteredRemotely = false, Calibration = false, Iob = 25.55m, CorrectionFactor = 600, TargetBg = 180,
        },
        new Bolus
        {
            Id = 9_999_999, PumpSerial = Serial, PumpTime = Ahead, BolusId = 65535, Kind = "Eating Soon Automatic",
            Source = "Quick Bolus Button", Status = "Terminated by Malfunction", Requested = 25, Delivered = 12.345m,
            Carbs = 999, Bg = 600, Iob = 25.55m, ExtendedDurationValue = TimeSpan.FromHours(8.0),
        },
        new CgmReading
        {
            Id = 9_999_999, PumpSerial = Serial, PumpTime = Ahead, Glucose = 401, RateOfChange = -12.7m,
            Status = "Normal", Sensor = "Libre 2", Backfilled = false,
        },
        new CgmSession
        {
            Id = 9_999_999, PumpSerial = Serial, Timestamp = Time, PumpTime = Ahead, Sensor = "Libre 2",
            BeganWith = "Start", PlannedDays = 15, Rejoined = 12, Ended = Time, EndedBy = "NextSession",
            DurationValue = Days,
        },
        new ClockSpan
        {
            PumpSerial = Serial, Since = Time, PumpTime = Ahead, UtcOffsetValue = TimeSpan.FromHours(-12.0),
            DriftValue = new TimeSpan(-6575, -23, -59, -58), ResolvedBy = "EarlierUpload",
            FirstPosition = 42_949_672_960_123,
        },
        new ConfigurationValue
        {
            Name = "CredentialSecret", Value = "/home/a-user-with-a-long-name/Documents/Health/tandem.db",
            Source = ConfigurationSource.CurrentLocation, Place = "data",
            SettingsFile = "/home/user/.config/settings.toml",
        },
        new DailyTotal
        {
            DayValue = new DateOnly(2026, 4, 20), PumpSerial = Serial, Timestamp = Time, BasalUnits = 100.125m,
            BasalTimeValue = new TimeSpan(1, 1, 0, 0), BolusUnits = 250.125m, Boluses = 288, Carbs = 1500,
            CgmReadings = 1500,
        },
        new DatabaseTable
        {
            Table = "bookkeeping.underived_ranges", Rows = 999_999_999, First = Time, Last = Time,
            FirstPumpTime = Ahead, LastPumpTime = Ahead, Columns = [new TableColumn { Name = "id", Type = "BIGINT" }],
            Description = "What each sentence of a long description says about the rows of a table, up to its end.",
        },
        new ExportedData
        {
            Path = "/home/a-user-with-a-long-name/Documents/Health/export/cgm_readings.parquet",
            Table = "basal_deliveries", Format = ExportFormat.Parquet, Rows = 999_999_999, Bytes = 9_999_999_999,
            Files = 12_345,
        },
        new GlucoseEpisode
        {
            Kind = EpisodeKind.HyperExtended, IsLevel1Only = false, Started = Time, Ended = Time.AddDays(1),
            IsCutOff = true, DurationValue = new TimeSpan(1, 23, 59, 58), Extreme = 401, ExtremeAt = Time,
            Mean = 301.5, BolusBefore = 1.25m, BolusDuring = 12.55m, BolusAfter = 12.55m, CarbsBefore = 120,
            CarbsDuring = 240, CarbsAfter = 300,
        },
        new GlucoseMetrics
        {
            FirstReading = Time.AddDays(-90), LastReading = Time, Readings = 999_999, CoveredTimeValue = Days,
            Days = 90, SensorActivePercent = 100, Unit = GlucoseUnit.MmolL, Mean = 22.2, Median = 22.2,
            CoefficientOfVariation = 99.9, Gmi = 12.9, VeryLowPercent = 100, LowPercent = 100, InRangePercent = 100,
            HighPercent = 100, VeryHighPercent = 100, LowEpisodesPerDay = 12.5, GlycemiaRiskIndex = 100,
            RecordedTimeValue = Days, VeryLowTimeValue = Day, LowTimeValue = Day, InRangeTimeValue = Days,
            HighTimeValue = Day, VeryHighTimeValue = Day, TightRangeTimeValue = Days, Missing = Missing,
        },
        new GlucoseProfileHour
        {
            Hour = 23, Readings = 999_999, Days = 9999, Unit = GlucoseUnit.MmolL, Percentile5 = 22.2,
            Percentile25 = 22.2, Median = 22.2, Percentile75 = 22.2, Percentile95 = 22.2,
        },
        new InsulinMetrics
        {
            DayValue = new DateOnly(2026, 4, 20), IsComplete = false, FirstDayValue = new DateOnly(2026, 4, 20),
            LastDayValue = new DateOnly(2026, 4, 21), Days = 90, CompleteDays = 3650, BasalUnits = 100.25m,
            BolusUnits = 250.25m, TotalUnits = 350.5m, BasalPercent = 100, UserBoluses = 100.5,
            AutomaticBoluses = 100.5,
            Boluses = [new BolusShare("Standard", "Pump Screen", 12.5, 100.25m), new BolusShare(null, null, 1, 2)],
            Carbs = 1500, AutomationPercent = 100, SleepTimeValue = Day, ExerciseTimeValue = Day,
            SuspendedTimeValue = Day, BasalTimeValue = Day, Missing = Missing,
        },
        new IntegrityCheck
        {
            Name = "derived_basal_deliveries", Severity = IntegritySeverity.Fault, Count = 9_999_999,
            SampleKeys = ["4294967296", "4294967297", "4294967298"],
            Description = "Each row is as its events give it.",
        },
        new Meal
        {
            Id = 9_999_999, PumpSerial = Serial, Timestamp = Time, Carbs = 999, Delivered = 25.55m, Iob = 25.55m,
            GlucoseBefore = 400, Peak = 400, TimeToPeakValue = TimeSpan.FromMinutes(235.0), Rise = 300,
            GlucoseAfter2Hours = 400, GlucoseAfter4Hours = 400, Corrected = true, Low = false,
            NextMealValue = TimeSpan.FromHours(23.5), Missing = Missing,
        },
        new MeasureDifference
        {
            Measure = "CoefficientOfVariation", Unit = "mg/dL", Reference = 1250.25, Value = 1250.25,
            Difference = -1250.25, IntervalLow = -250.25, IntervalHigh = 250.25, IsClear = false, Pairs = 365,
            Seed = 123_456, ReferenceSince = Time, ReferenceUntil = Time, Since = Time, Until = Time,
        },
        new NightscoutUpload
        {
            Site = "https://a-site-with-a-long-name.example", PumpSerial = Serial, What = NightscoutContent.Suspension,
            Sent = 999_999, Updated = 999_999, Deleted = 999_999, Replaced = 999_999, LeftAlone = 999_999,
            WithoutTime = 999_999, Repeated = 999_999,
        },
        new PipelineRun
        {
            Id = 99_999, Stage = PipelineStage.Derive, PumpSerial = Serial, Started = Time,
            DurationValue = new TimeSpan(1, 23, 59, 58), RowsIn = 9_999_999, RowsOut = 9_999_999,
            Outcome = PipelineOutcome.Failed, ErrorId = "DatabaseOutOfMemory", Error = "The memory does not suffice.",
        },
        new Profile
        {
            SettingsVersion = 9999, PumpSerial = Serial, Timestamp = Time, ProfileId = 6,
            Name = "Weekend and illness", Active = false, InsulinDurationValue = TimeSpan.FromHours(8.0),
            MaxBolus = 25, CarbEntry = "UnitsAsCarbs",
            Segments = [Segment, Segment with { StartValue = TimeSpan.Zero }],
        },
        Segment,
        new PublishedPump
        {
            Lake = "/srv/studies/a-study-with-a-long-name/lake", PumpSerial = Serial, Pump = "p0123456789abcdef01234567",
            Tables = 21, FilesWritten = 21, Rows = 99_999_999, Bytes = 9_999_999_999,
        },
        new Pump
        {
            PumpSerial = Serial, ModelName = "t:slim X2™ Insulin Pump", SoftwareVersion = "7.8.1.11",
            TimeZone = LongZone, Algorithm = "Control-IQ+", FirstEvent = Ahead, LastEvent = Ahead, LastUpload = Time,
            DeviceAssignmentId = "2b7e0b8c-5a62-4a07-9d7d-2f6f3f7d2c11",
        },
        new PumpEvent
        {
            Id = 9_999_999, PumpSerial = Serial, PumpTime = Ahead, EventId = 9999,
            EventName = "LID_CGM_STOP_SESSION_FSL2_OR_ANOTHER_LONG_NAME",
            EventData = """{"bolusId":65535,"insulinDelivered":12.345,"status":"Terminated by Malfunction"}""",
            LogPosition = 42_949_672_960_123,
        },
        new RawEvent
        {
            Id = 9_999_999, Created = Time, PumpSerial = Serial, SequenceGroup = 9, SequenceNumber = 4_294_967_295,
            EventCode = 9999, PumpTime = Ahead,
            RawEventData = """{"bolusID":65535,"insulinDelivered":12.345,"iob":25.55}""",
            DeviceAssignmentId = "2b7e0b8c-5a62-4a07-9d7d-2f6f3f7d2c11",
        },
        new SiteChange
        {
            Id = 9_999_999, PumpSerial = Serial, Timestamp = Time, PumpTime = Ahead, Part = "Cartridge",
            Units = 300.125m, Status = "Terminated by Malfunction",
        },
        new SourceSession
        {
            Region = "US", Server = new Uri("https://source.eu.tandemdiabetes.com/"), TimeZone = LongZone,
            PumpSerial = Serial, Credentials = "the secret 'Tandem'", TokenExpires = Time,
        },
        new Suspension
        {
            Id = 9_999_999, PumpSerial = Serial, Timestamp = Time, PumpTime = Ahead,
            Reason = "Terminated by Malfunction", InsulinRemaining = 300, Ended = Time, DurationValue = Days,
        },
        new TableColumn
        {
            Name = "requested_correction_units", Type = "STRUCT(name VARCHAR, value DECIMAL(9, 3))",
            IsNullable = true,
            Description = "What each sentence of a long description says about a column, up to its end.",
        },
        new UserMode
        {
            Id = 9_999_999, PumpSerial = Serial, Timestamp = Time, PumpTime = Ahead, Mode = "Eating Soon",
            StartedBy = "Schedule", PlannedDurationValue = Day, Ended = Time, DurationValue = Days,
        },
        new WatchCycle
        {
            Started = Time, DurationValue = TimeSpan.FromSeconds(59.96), Fetched = false, NewEntries = 999_999,
            LastUpload = Time, NextCycle = Time, ErrorId = "SourceUnreachable",
        },
    ];
}
