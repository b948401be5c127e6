using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using TandemFetch.Engine;
using TandemFetch.Engine.Catalog;
using TandemFetch.Engine.Export;
using TandemFetch.Engine.Integrity;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Queries;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;
using TandemFetch.Records;
using TandemFetch.Sandbox;

namespace TandemFetch.Benchmarks;

/// <summary>The measured commands of the whole-run benchmarks; each runs in its own process.</summary>
internal static class Child
{
    private const string SummarySql =
        """
        SELECT timestamp::DATE AS day, count(*) AS readings, avg(glucose) AS average,
            avg((glucose BETWEEN 70 AND 180)::INTEGER) AS in_range
        FROM cgm_readings GROUP BY day ORDER BY day
        """;

    private const string SixColumnsSql =
        "SELECT id, log_position, pump_time, event_id, event_name, timestamp::TIMESTAMP AS at FROM events LIMIT 1000000";

    public static async Task<Measurement> RunAsync(string what, string folder, string database)
    {
        var (time, extra) = what switch
        {
            "pages" => Time(() => PageFolder.Make(folder, long.Parse(database, CultureInfo.InvariantCulture))),
            "pages-of-earlier-builds" => Time(() => new PageFolder(folder).CopyByDay(database)),
            "backfill" => await BackfillAsync(folder, database, new BackfillRequest()),
            "backfill-http" => await BackfillHttpAsync(new Uri(folder), database, new BackfillRequest()),
            "fetch-alone" => await FetchAloneAsync(new Uri(folder)),
            "backfill-again" => await AgainAsync(folder, database),
            "backfill-but-newest-day" => await BackfillAsync(
                folder, database, new BackfillRequest { Until = MiddayBeforeLast(folder) }),
            "rebuild" => await BackfillAsync(
                folder, database, new BackfillRequest { Stages = [PipelineStage.Parse, PipelineStage.Derive], Rebuild = true }),
            "late-entry" => await LateAsync(folder, database, LateReading),
            "late-drift" => await LateAsync(folder, database, LateDrift),
            "late-hour" => await LateAsync(folder, database, LateHour),
            "late-drift-again" => await LateAgainAsync(folder, database, LateDrift),
            "late-hour-again" => await LateAgainAsync(folder, database, LateHour),
            "move-hour" => await MoveHourAsync(database),
            "read-json" => Time(() => ReadJson(folder, database)),
            "check" => Check(database),
            "export" => Export(database),
            "copy" => Copy(database),
            "readings" => Readings(database),
            "readings-bare" => ReadingsBare(database),
            "query" => Query(database),
            "query-bare" => QueryBare(database),
            "summary" => Summary(database),
            "summary-bare" => SummaryBare(database),
            _ => throw new ArgumentException($"Nothing is called {what}."),
        };
        return new Measurement(time.TotalMilliseconds, PeakMiB(), extra);
    }

    private static async Task<(TimeSpan, double)> BackfillAsync(
        string folder,
        string path,
        BackfillRequest request,
        ILogSource? source = null)
    {
        source ??= new PageFolder(folder);
        var watch = Stopwatch.StartNew();
        using (var database = await OpenAsync(path, DatabaseAccess.Write))
        {
            await BackfillAsync(database, source, request);
        }

        return (watch.Elapsed, new FileInfo(path).Length / 1048576.0);
    }

    /// <summary>The engine on a server, without the command.</summary>
    public static async Task<(TimeSpan, double)> BackfillHttpAsync(Uri address, string path, BackfillRequest request)
    {
        await using var source = await ConnectAsync(address);
        return await BackfillAsync("", path, request, source);
    }

    /// <summary>
    /// What a script would do that only reads: the pages of a backfill, one after the other, each parsed as JSON.
    /// </summary>
    private static async Task<(TimeSpan, double)> FetchAloneAsync(Uri address)
    {
        await using var source = await ConnectAsync(address);
        var watch = Stopwatch.StartNew();
        var pump = (await source.GetAccountAsync(CancellationToken.None)).Pumps[0];
        var plan = Backfill.PlanFetch(
            pump, new BackfillRequest { TimeZone = PageFolder.Zone }, StoredLogs.None, TimeProvider.System);
        var entries = 0;
        foreach (var days in plan)
        {
            using var page = await source.GetLogPageAsync(pump.AssignmentId, days.First, days.Last, CancellationToken.None);
            using var json = JsonDocument.Parse(page.Json);
            entries += json.RootElement.GetProperty("events").GetArrayLength();
        }

        return (watch.Elapsed, entries);
    }

    private static Task<TandemSourceClient> ConnectAsync(Uri address) => TandemSourceClient.ConnectAsync(
        new SourceOptions { Endpoint = address, EventCodes = EventCatalog.Default.Codes },
        new SourceCredential(SandboxOptions.Email, () => SandboxOptions.Password, TandemRegion.Parse("US", "the test")),
        SilentObserver.Instance,
        CancellationToken.None);

    /// <summary>
    /// The second of two backfills in one process, as at a prompt, so that the code is already compiled.
    /// </summary>
    private static async Task<(TimeSpan, double)> AgainAsync(string folder, string path)
    {
        await BackfillAsync(folder, path, new BackfillRequest());
        return await BackfillAsync(folder, path, new BackfillRequest());
    }

    private static async Task BackfillAsync(TandemDatabase database, ILogSource source, BackfillRequest request)
    {
        var account = await source.GetAccountAsync(CancellationToken.None);
        var backfill = new Backfill(database, SilentObserver.Instance, TimeProvider.System);
        await foreach (var run in backfill.RunAsync(request with { TimeZone = PageFolder.Zone }, source, account, failure => throw failure, CancellationToken.None))
        {
            await Console.Error.WriteLineAsync(
                $"{run.Stage} {run.DurationValue.TotalMilliseconds:0} ms, {run.RowsIn} in, {run.RowsOut} out");
        }
    }

    /// <summary>
    /// An entry that arrives late in the middle of the log: the fetch of its day, and everything that follows.
    /// </summary>
    private static async Task<(TimeSpan, double)> LateAsync(string folder, string path, Func<TandemDatabase, string> entry)
    {
        string late;
        DateOnly day;
        using (var database = await OpenAsync(path, DatabaseAccess.Write))
        {
            late = entry(database);
            day = DateOnly.FromDateTime(Middle(database).PumpTime);
        }

        var source = new StubLog(new PageFolder(folder), late);
        var noon = new DateTimeOffset(day.ToDateTime(new TimeOnly(17, 0)), TimeSpan.Zero);
        var watch = Stopwatch.StartNew();
        using (var database = await OpenAsync(path, DatabaseAccess.Write))
        {
            await BackfillAsync(
                database, source, new BackfillRequest { Stages = [PipelineStage.Fetch], Rebuild = true, Since = noon, Until = noon });
            await BackfillAsync(database, source, new BackfillRequest { Stages = [PipelineStage.Parse, PipelineStage.Derive] });
        }

        return (watch.Elapsed, 0);
    }

    /// <summary>
    /// The same in a process that has already processed another late entry, as a prompt or a watch does, so that the
    /// code is already compiled.
    /// </summary>
    private static async Task<(TimeSpan, double)> LateAgainAsync(string folder, string path, Func<TandemDatabase, string> entry)
    {
        await LateAsync(folder, path, LateReading);
        return await LateAsync(folder, path, entry);
    }

    /// <summary>
    /// The part that no late setting by an hour can avoid, as one transaction: all earlier times moved in place, the
    /// totals of their days, and the file written.
    /// </summary>
    private static async Task<(TimeSpan, double)> MoveHourAsync(string path)
    {
        using var database = await OpenAsync(path, DatabaseAccess.Write);
        var (device, last, _) = Middle(database);
        var (first, shift) = (0L, 3_600_000_000L);
        return Time(() =>
        {
            database.InTransaction(() =>
            {
                var zone = database.Scalar<string>(
                    "SELECT time_zone FROM pumps WHERE device_assignment_id = $device", new { device });
                database.Execute(TableMacros.Script);
                database.Execute(
                    SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.shift_events.sql"),
                    new { device, first, last, shift });
                database.Execute(MovingRows.Script, new { device, zone, first, last, shift });
                var totals = DomainTables.Derived.Single(table => table.IsByDay);
                database.Execute(totals.Derivation, new { device, zone, first = 0L, last = -1L });
            });
            database.Dispose();
        });
    }

    private static string LateReading(TandemDatabase database)
    {
        var (device, number, pumpTime) = Middle(database);
        var seconds = (long)(pumpTime - new DateTime(2008, 1, 1)).TotalSeconds + 150;
        return Entry(device, 399, number, pumpTime, $$"""
            {"glucoseValueStatus":0,"cgmDataType":[0],"rate":1,"algorithmState":32,"rssi":-60,"currentGlucoseDisplayValue":123,
             "egvTimeStamp":{{seconds}},"egvInfoBitmask":[0],"interval":0,"reservedD15":0}
            """);
    }

    private static string LateDrift(TandemDatabase database) => LateClockChange(database, TimeSpan.FromSeconds(40));

    private static string LateHour(TandemDatabase database) => LateClockChange(database, TimeSpan.FromHours(1));

    private static string LateClockChange(TandemDatabase database, TimeSpan forward)
    {
        var (device, number, pumpTime) = Middle(database);
        var now = (long)pumpTime.TimeOfDay.TotalMilliseconds;
        return Entry(device, 13, number, pumpTime, $$"""{"timePrior":{{now - (long)forward.TotalMilliseconds}},"timeAfter":{{now}},"rawRtcTime":1}""");
    }

    /// <summary>A number in the middle of the log that no entry has, and the clock of the entry before it.</summary>
    private static (string Device, long Number, DateTime PumpTime) Middle(TandemDatabase database)
    {
        var row = database.Query<MiddleRow>(
            """
            SELECT device_assignment_id AS device, sequence_number AS number, pump_time FROM (
                SELECT *, lead(sequence_number) OVER (ORDER BY sequence_number) AS next
                FROM raw_events
                WHERE sequence_number >= (SELECT median(sequence_number) FROM raw_events))
            WHERE next > sequence_number + 1
            ORDER BY sequence_number LIMIT 1
            """)[0];
        return (row.Device, row.Number + 1, row.PumpTime);
    }

    private static string Entry(string device, int code, long number, DateTime pumpTime, string properties)
    {
        var clock = pumpTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        return $$"""
            {"deviceAssignmentId":"{{device}}","eventCode":{{code}},"sequenceGroup":0,"sequenceNumber":{{number}},
             "pumpDateTime":"{{clock}}","eventProperties":{{properties}},"estimatedDateTime":"{{clock}}Z"}
            """;
    }

    private static (TimeSpan, double) Check(string path)
    {
        using var database = OpenAsync(path, DatabaseAccess.Read).GetAwaiter().GetResult();
        return Time(() =>
        {
            var inspection = new IntegrityInspection(database, SilentObserver.Instance);
            if (inspection.Run(CancellationToken.None).Any(check => check is { Passed: false, Severity: IntegritySeverity.Fault }))
            {
                throw new InvalidOperationException("The file has faults.");
            }
        });
    }

    /// <summary>All tables with data of pumps, each to a file of its own.</summary>
    private static (TimeSpan, double) Export(string path)
    {
        using var database = OpenAsync(path, DatabaseAccess.Read).GetAwaiter().GetResult();
        return Time(() =>
        {
            var exporter = new DataExporter(database);
            foreach (var table in exporter.Tables)
            {
                var file = Target(path, table.Table);
                exporter.Export(
                    new ExportRequest { Table = table.Table, Path = file, Format = ExportFormat.Parquet, Force = true },
                    CancellationToken.None);
            }
        });
    }

    /// <summary>The same by DuckDB itself, with the same compression.</summary>
    private static (TimeSpan, double) Copy(string path)
    {
        List<string> tables;
        using (var database = OpenAsync(path, DatabaseAccess.Read).GetAwaiter().GetResult())
        {
            tables = [.. new DataExporter(database).Tables.Select(table => table.Table)];
        }

        using var connection = new DuckDBConnection($"DataSource={path};access_mode=READ_ONLY");
        connection.Open();
        using var command = connection.CreateCommand();
        return Time(() =>
        {
            foreach (var table in tables)
            {
                command.CommandText = $"COPY {table} TO '{Target(path, table)}' (FORMAT parquet, COMPRESSION zstd)";
                command.ExecuteNonQuery();
            }
        });
    }

    private static string Target(string path, string table) =>
        Path.Combine(Path.GetDirectoryName(path)!, $"exported-{table}.parquet");

    private static void ReadJson(string folder, string path)
    {
        using var connection = new DuckDBConnection($"DataSource={path}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            $$"""
            CREATE TABLE flat AS
            SELECT e.* FROM (SELECT unnest(events) AS e FROM read_json(
                '{{PageFolder.Windows(folder)}}/*.json',
                maximum_object_size = 1000000000,
                columns = {events: 'STRUCT(deviceAssignmentId VARCHAR, eventCode INTEGER, sequenceGroup BIGINT,
                    sequenceNumber BIGINT, pumpDateTime TIMESTAMP, eventProperties JSON, estimatedDateTime VARCHAR)[]'}))
            """;
        command.ExecuteNonQuery();
    }

    private static (TimeSpan, double) Readings(string path)
    {
        using var database = OpenAsync(path, DatabaseAccess.Read).GetAwaiter().GetResult();
        var watch = Stopwatch.StartNew();
        var first = TimeSpan.Zero;
        var count = 0;
        foreach (var reading in new RecordReader(database).Read<CgmReading>(new RecordFilter(), CancellationToken.None))
        {
            first = count++ == 0 ? watch.Elapsed : first;
            GC.KeepAlive(reading);
        }

        return (watch.Elapsed, first.TotalMilliseconds);
    }

    /// <summary>
    /// The same records from a plain DuckDB.NET loop, without order and without looking up the pump's zone for each
    /// row.
    /// </summary>
    private static (TimeSpan, double) ReadingsBare(string path) => Time(() =>
    {
        using var connection = new DuckDBConnection($"DataSource={path};access_mode=READ_ONLY");
        connection.Open();
        using var command = connection.CreateCommand();
        command.UseStreamingMode = true;
        command.CommandText =
            "SELECT id, device_assignment_id, timestamp, pump_time, glucose, status, rate_of_change, sensor, backfilled FROM cgm_readings";
        using var reader = command.ExecuteReader();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(PageFolder.Zone);
        while (reader.Read())
        {
            var utc = DateTime.SpecifyKind(reader.GetDateTime(2), DateTimeKind.Utc);
            GC.KeepAlive(new CgmReading
            {
                Id = reader.GetInt64(0),
                PumpSerial = reader.GetString(1),
                Timestamp = TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), zone),
                PumpTime = reader.GetDateTime(3),
                Glucose = reader.GetInt16(4),
                Status = reader.GetString(5),
                RateOfChange = reader.IsDBNull(6) ? null : reader.GetDecimal(6),
                Sensor = reader.GetString(7),
                Backfilled = reader.GetBoolean(8),
            });
        }
    });

    private static (TimeSpan, double) Query(string path)
    {
        using var database = OpenAsync(path, DatabaseAccess.Read).GetAwaiter().GetResult();
        return Time(() =>
        {
            foreach (var row in new QueryRunner(database).Run(new QueryRequest(SixColumnsSql), CancellationToken.None).SelectMany(result => result.Rows()))
            {
                GC.KeepAlive(row);
            }
        });
    }

    private static (TimeSpan, double) QueryBare(string path) => Time(() => Bare(path, SixColumnsSql));

    private static (TimeSpan, double) Summary(string path)
    {
        using var database = OpenAsync(path, DatabaseAccess.Read).GetAwaiter().GetResult();
        return Time(() => new QueryRunner(database).Run(new QueryRequest(SummarySql), CancellationToken.None).SelectMany(result => result.Rows()).Count());
    }

    private static (TimeSpan, double) SummaryBare(string path)
    {
        using var connection = new DuckDBConnection($"DataSource={path};access_mode=READ_ONLY");
        connection.Open();
        using var zone = connection.CreateCommand();
        zone.CommandText = $"SET TimeZone = '{PageFolder.Zone}'";
        zone.ExecuteNonQuery();
        return Time(() => Bare(connection, SummarySql));
    }

    private static void Bare(string path, string sql)
    {
        using var connection = new DuckDBConnection($"DataSource={path};access_mode=READ_ONLY");
        connection.Open();
        Bare(connection, sql);
    }

    private static void Bare(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.UseStreamingMode = true;
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            for (var column = 0; column < reader.FieldCount; column++)
            {
                GC.KeepAlive(reader.GetValue(column));
            }
        }
    }

    private static (TimeSpan, double) Time(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return (watch.Elapsed, 0);
    }

    private static DateTimeOffset MiddayBeforeLast(string folder) =>
        new(new PageFolder(folder).Days.Last.AddDays(-2).ToDateTime(new TimeOnly(17, 0)), TimeSpan.Zero);

    private static Task<TandemDatabase> OpenAsync(string path, DatabaseAccess access) =>
        DatabaseFile.OpenAsync(path, access, TimeSpan.FromSeconds(10), CancellationToken.None);

    private static double PeakMiB() => Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0;

    private sealed record MiddleRow(string Device, long Number, DateTime PumpTime);
}
