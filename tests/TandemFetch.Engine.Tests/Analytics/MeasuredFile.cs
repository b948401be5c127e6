using System.Globalization;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Analytics;

/// <summary>A file with rows of a test's own in the domain tables that measures read.</summary>
internal sealed class MeasuredFile : IDisposable
{
    public const string Device = "00000000-0000-4000-8000-0000000000b1";
    public const string Serial = "90001111";

    private readonly TestDatabase _file = new();
    private TandemDatabase? _database;
    private long _id;

    private MeasuredFile()
    {
    }

    /// <summary>The open file.</summary>
    public TandemDatabase Database => _database!;

    /// <summary>Makes a file with a pump.</summary>
    /// <param name="zone">The pump's zone.</param>
    public static async Task<MeasuredFile> CreateAsync(string zone = "UTC")
    {
        var file = new MeasuredFile();
        file._database = await file._file.OpenAsync();
        file.AddPump(Device, Serial, zone, "2026-01-31");
        return file;
    }

    /// <summary>Makes a file with a pump and its readings.</summary>
    public static async Task<MeasuredFile> OfAsync(
        IEnumerable<(DateTimeOffset Time, int Glucose)> readings, string zone = "UTC", string sensor = "G7")
    {
        var file = await CreateAsync(zone);
        file.AddReadings(readings, sensor);
        return file;
    }

    /// <summary>Adds a pump.</summary>
    public void AddPump(string device, string serial, string zone, string lastEvent) => Database.Execute(
        $"INSERT INTO pumps BY NAME SELECT '{device}' AS device_assignment_id, '{serial}' AS serial_number, "
        + $"'{zone}' AS time_zone, TIMESTAMP '{lastEvent}' AS last_event");

    /// <summary>Adds readings.</summary>
    public void AddReadings(
        IEnumerable<(DateTimeOffset Time, int Glucose)> readings, string sensor = "G7", string device = Device)
    {
        foreach (var some in readings.Chunk(500))
        {
            var rows = some.Select(reading => $"({Next()}, {Moment(reading.Time)}, {reading.Glucose})");
            Database.Execute(
                "INSERT INTO cgm_readings BY NAME SELECT id, id AS events_id, id AS log_position, "
                + $"'{device}' AS device_assignment_id, timestamp, timezone('UTC', timestamp) AS pump_time, glucose, "
                + $"'Normal' AS status, '{sensor}' AS sensor, false AS backfilled "
                + $"FROM (VALUES {string.Join(", ", rows)}) AS reading(id, timestamp, glucose)");
        }
    }

    /// <summary>Adds a row to a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="time">When it is of.</param>
    /// <param name="columns">Its other columns as SQL, such as <c>4.5 AS delivered</c>.</param>
    public void AddRow(string table, DateTimeOffset time, string columns) => Database.Execute(
        $"INSERT INTO {table} BY NAME SELECT {Next()} AS id, {_id} AS events_id, {_id} AS log_position, "
        + $"'{Device}' AS device_assignment_id, {Moment(time)} AS timestamp, "
        + $"timezone('UTC', {Moment(time)}) AS pump_time, {columns}");

    /// <summary>Adds a bolus.</summary>
    /// <param name="time">When it was asked for.</param>
    /// <param name="columns">Its other columns as SQL.</param>
    public void AddBolus(DateTimeOffset time, string columns) =>
        AddRow("boluses", time, $"{_id + 1} AS last_position, {(_id + 1) % 65_536} AS bolus_id, {columns}");

    /// <summary>Adds a row that lasts.</summary>
    /// <param name="table">The table.</param>
    /// <param name="began">When it begins.</param>
    /// <param name="ended">When it ends.</param>
    /// <param name="columns">Its other columns as SQL.</param>
    public void AddStretch(string table, DateTimeOffset began, DateTimeOffset ended, string columns) =>
        AddRow(table, began, $"{Moment(ended)} AS ended, {columns}");

    /// <summary>Adds the totals of a day.</summary>
    public void AddDay(DateTimeOffset begins, decimal basal, int hours, decimal bolus, int carbs) => Database.Execute(
        FormattableString.Invariant(
            $"INSERT INTO daily_totals BY NAME SELECT '{Device}' AS device_assignment_id, ")
        + FormattableString.Invariant($"DATE '{begins:yyyy-MM-dd}' AS day, {Moment(begins)} AS timestamp, ")
        + FormattableString.Invariant(
            $"{basal} AS basal_units, {hours} * 3600 AS basal_seconds, {bolus} AS bolus_units, ")
        + FormattableString.Invariant($"1 AS boluses, {carbs} AS carbs, 288 AS cgm_readings"));

    /// <summary>A moment as SQL.</summary>
    public static string Moment(DateTimeOffset time) =>
        $"TIMESTAMPTZ '{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00'";

    public void Dispose()
    {
        _database?.Dispose();
        _file.Dispose();
    }

    private long Next() => ++_id;
}
