using System.Globalization;
using System.Text;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Nightscout;
using TandemFetch.Engine.Nightscout.Documents;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Nightscout;

/// <summary>A file with pumps whose domain tables a test fills and changes as the pipeline would.</summary>
internal sealed class PumpFile : IDisposable
{
    public const string Serial = "90556643";
    public const string OtherSerial = "90556644";

    private readonly TestDatabase _file;
    private readonly TandemDatabase _database;
    private long _run;

    private PumpFile(TestDatabase file, TandemDatabase database) => (_file, _database) = (file, database);

    public TandemDatabase Database => _database;

    /// <summary>Makes a file with pumps of these serial numbers, four hours behind UTC in summer.</summary>
    public static async Task<PumpFile> CreateAsync(params string[] serials)
    {
        var file = new TestDatabase();
        var made = new PumpFile(file, await file.OpenAsync());
        foreach (var serial in serials.Length == 0 ? [Serial] : serials)
        {
            made.Execute(
                "INSERT INTO pumps BY NAME SELECT "
                + $"'{DeviceOf(serial)}' AS device_assignment_id, '{serial}' AS serial_number, '{TestDatabase.Zone}' AS time_zone");
        }

        return made;
    }

    /// <summary>Runs statements as a run of the pipeline.</summary>
    public void Execute(string sql)
    {
        _database.Execute(sql);
        _database.Execute(
            "INSERT INTO pipeline_runs BY NAME SELECT $id AS id, 'Derive' AS stage, now() AS started, "
            + "0 AS duration_ms, 1 AS rows_in, 1 AS rows_out, 'Completed' AS outcome",
            new { id = ++_run });
    }

    /// <summary>Adds a row to a domain table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="position">Its log position.</param>
    /// <param name="time">Its true time in UTC; null if it is unknown.</param>
    /// <param name="columns">Further columns as SQL.</param>
    /// <param name="serial">The pump.</param>
    public void Add(string table, long position, string? time, string columns, string serial = Serial) => Execute(
        $"""
        INSERT INTO {table} BY NAME SELECT {position} AS id, {position} AS events_id,
        '{DeviceOf(serial)}' AS device_assignment_id, {position} AS log_position,
        {(time is null ? "NULL" : Time(time))} AS timestamp, TIMESTAMP '2026-04-30 00:00:00' AS pump_time, {columns}
        """);

    public void AddReading(long position, string? time, int glucose, decimal? trend = 0, string serial = Serial) => Add(
        "cgm_readings",
        position,
        time,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{glucose} AS glucose, 'Normal' AS status, {(trend is { } rate ? rate : "NULL")}::DECIMAL(5, 1) AS rate_of_change, 'G7' AS sensor, false AS backfilled"),
        serial);

    public void AddBolus(long position, string time, decimal units, string serial = Serial) => Add(
        "boluses",
        position,
        time,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{position} AS last_position, {position % 65536} AS bolus_id, 'Standard' AS kind, 'Completed' AS status, {units} AS delivered, {units} AS delivered_now, {Time(time)} AS started, {Time(time)} AS ended, 0 AS carbs, {units} AS requested_correction"),
        serial);

    /// <summary>The documents of a kind that a site without any would get, as JSON, one line each.</summary>
    public string DocumentsOf(string kindName)
    {
        var kind = DocumentKinds.All.Single(known => known.Name == kindName);
        try
        {
            var plan = UploadPlan.Make(_database, "https://unused.example", [kind], new NightscoutRequest());
            var zones = ZoneTable.Read(_database, [TestDatabase.Zone]);
            var lines = new List<string>();
            var count = plan.Collect(kind);
            foreach (var row in count == 0 ? [] : kind.Read(_database, 1, count))
            {
                using var json = new DocumentWriter(zones);
                kind.Write(row, json);
                lines.Add(Encoding.UTF8.GetString(json.Bytes.Span));
            }

            return string.Join('\n', lines);
        }
        finally
        {
            UploadPlan.Drop(_database);
        }
    }

    public IReadOnlyList<NightscoutUpload> Preview(Uri site, NightscoutRequest? request = null) =>
        new NightscoutUploader(_database, NightscoutAddress.Parse(site.AbsoluteUri), SilentObserver.Instance)
            .Preview(request ?? new NightscoutRequest());

    public void Dispose()
    {
        _database.Dispose();
        _file.Dispose();
    }

    /// <summary>A time of 30 April 2026, or any with its date, as SQL.</summary>
    public static string Time(string time) => $"TIMESTAMPTZ '{(time.Contains(' ', StringComparison.Ordinal) ? time : "2026-04-30 " + time)}+00'";

    private static string DeviceOf(string serial) => $"device-{serial}";
}
