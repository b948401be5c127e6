using System.Globalization;
using System.Text.Json.Nodes;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Queries;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Pipeline;

/// <summary>The time zones of a file's pumps.</summary>
public sealed class ZoneTests : IDisposable
{
    private const string Device = "00000000-0000-4000-8000-0000000000aa";

    private static readonly BackfillRequest Local = new() { Stages = [PipelineStage.Parse, PipelineStage.Derive] };

    private readonly TestDatabase _file = new();

    public void Dispose() => _file.Dispose();

    /// <summary>The law: a reading counts on the day on which a query sees it.</summary>
    [Theory]
    [InlineData("America/Winnipeg", "2026-11-18")]
    [InlineData("America/Vancouver", "2026-11-18")]
    [InlineData("America/Havana", "2025-11-01")]
    [InlineData("Atlantic/Azores", "2025-10-25")]
    [InlineData("Asia/Beirut", "2024-03-30")]
    [InlineData("America/Santiago", "2024-04-06")]
    [InlineData("America/Asuncion", "2024-03-23")]
    public async Task Records_totals_and_queries_agree_on_the_day(string zone, string start)
    {
        await _file.BackfillAsync(Readings(start, days: 3), new BackfillRequest { TimeZone = zone });

        using var database = await _file.OpenAsync(DatabaseAccess.Read);
        var reader = new RecordReader(database);
        var records = reader.Read<CgmReading>(new RecordFilter(), Cancellation)
            .CountBy(reading => DateOnly.FromDateTime(reading.Timestamp!.Value.DateTime)).OrderBy(day => day.Key)
            .Select(day => $"{day.Key:yyyy-MM-dd} {day.Value}").ToList();
        var totals = reader.Read<DailyTotal>(new RecordFilter(), Cancellation)
            .Select(total => $"{total.Day} {total.CgmReadings}").ToList();
        database.Execute($"SET SESSION TimeZone = '{zone}'");
        var queried = database.Query<string>(
            "SELECT timestamp::DATE || ' ' || count(*) FROM cgm_readings GROUP BY timestamp::DATE ORDER BY timestamp::DATE");
        Assert.Equal(queried, records);
        Assert.Equal(queried, totals);
        Assert.All(
            reader.Read<DailyTotal>(new RecordFilter(), Cancellation),
            total => Assert.Equal(ZoneRules.Find(zone).StartOf(total.DayValue), total.Timestamp));
    }

    [Fact]
    public async Task Other_zone_data_change_the_days_that_they_concern()
    {
        var source = Readings("2026-03-05", days: 6);
        await _file.BackfillAsync(source);
        var right = await _file.DumpAsync("daily_totals");

        // As an older DuckDB would have it: no daylight saving in 2026.
        TestDatabase.ExecuteAsAnotherProgram(
            _file.Path,
            """
            SET TimeZone = 'UTC';
            DELETE FROM bookkeeping.zone_offsets WHERE starts >= '2026-01-01' AND starts < '2026-12-01';
            UPDATE bookkeeping.time_zones SET duckdb_version = 'v0.0.0', fingerprint = '';
            UPDATE daily_totals SET cgm_readings = cgm_readings - 1 WHERE day >= '2026-03-08';
            """);
        Assert.Contains("zone_rules", await FindingsAsync());

        await _file.BackfillAsync(source, Local);

        Assert.Equal(right, await _file.DumpAsync("daily_totals"));
        Assert.Equal([ZoneRules.Version], await _file.QueryAsync<string>("SELECT duckdb_version FROM bookkeeping.time_zones"));
        await SameTables.AssertWholeAsync(_file, "fetched_days");
    }

    [Fact]
    public async Task A_zone_that_was_set_by_hand_holds_whatever_a_session_says()
    {
        var source = Readings("2026-03-05", days: 2);
        await _file.BackfillAsync(source, new BackfillRequest { TimeZone = "Europe/Berlin" });
        Assert.Equal(["Europe/Berlin Session"], await ZonesAsync());

        await _file.BackfillAsync(source, Local with { NewTimeZone = "america/chicago" });
        await _file.BackfillAsync(source, new BackfillRequest { TimeZone = "Europe/Berlin" });

        Assert.Equal(["America/Chicago User"], await ZonesAsync());
    }

    [Theory]
    [InlineData("america/new_york", "America/New_York")]
    [InlineData("Eastern Standard Time", "America/New_York")]
    public async Task A_name_of_a_zone_that_an_older_version_stored_is_put_right(string stored, string name)
    {
        var source = Readings("2026-03-05", days: 2);
        await _file.BackfillAsync(source);
        TestDatabase.ExecuteAsAnotherProgram(_file.Path, $"UPDATE pumps SET time_zone = '{stored}'; DELETE FROM bookkeeping.time_zones; DELETE FROM bookkeeping.zone_offsets");

        using (var database = await _file.OpenAsync(DatabaseAccess.Read))
        {
            Assert.NotEmpty(new RecordReader(database).Read<CgmReading>(new RecordFilter(), Cancellation));
        }

        await _file.BackfillAsync(source, Local);

        Assert.Equal([name], await _file.QueryAsync<string>("SELECT time_zone FROM pumps"));
        await SameTables.AssertWholeAsync(_file, "fetched_days");
    }

    [Fact]
    public async Task A_zone_in_the_file_that_there_is_not_is_an_error_that_names_it_and_can_be_mended()
    {
        var source = Readings("2026-03-05", days: 2);
        await _file.BackfillAsync(source);
        TestDatabase.ExecuteAsAnotherProgram(_file.Path, "UPDATE pumps SET time_zone = 'Mars/Base'");

        using (var database = await _file.OpenAsync(DatabaseAccess.Read))
        {
            Action[] reads =
            [
                () => new RecordReader(database).Read<CgmReading>(new RecordFilter(), Cancellation).Count(),
                () => _ = new QueryRunner(database),
                () => PumpReader.Read(database, []),
            ];
            Assert.All(reads, read => Assert.Contains("'Mars/Base'", Assert.Throws<TandemException>(read).Message, StringComparison.Ordinal));
        }

        await _file.BackfillAsync(source, Local with { NewTimeZone = "America/New_York" });

        await SameTables.AssertWholeAsync(_file, "fetched_days");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<IReadOnlyList<string>> ZonesAsync() => _file.QueryAsync<string>("SELECT time_zone || ' ' || time_zone_set_by FROM pumps");

    private async Task<List<string>> FindingsAsync()
    {
        using var database = await _file.OpenAsync(DatabaseAccess.Read);
        return [.. new Engine.Integrity.IntegrityInspection(database, SilentObserver.Instance).Run(Cancellation)
            .Where(check => !check.Passed).Select(check => check.Name)];
    }

    /// <summary>A reading every quarter of an hour of true time, on a clock that shows New York's winter.</summary>
    private static StubSource Readings(string start, int days)
    {
        var first = DateTime.Parse(start, CultureInfo.InvariantCulture);
        var events = new JsonArray();
        for (var clock = first; clock < first.AddDays(days); clock = clock.AddMinutes(15))
        {
            events.Add(new JsonObject
            {
                ["deviceAssignmentId"] = Device,
                ["eventCode"] = 399,
                ["sequenceGroup"] = 0,
                ["sequenceNumber"] = 1000 + (events.Count * 10),
                ["pumpDateTime"] = clock.ToString("s", CultureInfo.InvariantCulture),
                ["eventProperties"] = new JsonObject
                {
                    ["glucoseValueStatus"] = 0,
                    ["cgmDataType"] = new JsonArray(0),
                    ["rate"] = 0,
                    ["currentGlucoseDisplayValue"] = 120,
                    ["egvTimeStamp"] = (long)(clock - new DateTime(2008, 1, 1)).TotalSeconds,
                },
            });
        }

        var last = first.AddDays(days).AddMinutes(-15);
        return StubSource.Serving(new JsonObject { ["events"] = events, ["clockChanges"] = new JsonArray() }, Device, last, last);
    }
}
