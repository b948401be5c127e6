using TandemFetch.Engine.Integrity;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Engine.Tests.Integrity;

/// <summary>Every check finds its own fault, and no other check reports it.</summary>
public sealed class IntegrityInspectionTests(IntegrityInspectionTests.Backfilled backfilled) : IClassFixture<IntegrityInspectionTests.Backfilled>
{
    [Fact]
    public async Task A_backfilled_database_has_nothing_to_find()
    {
        var checks = await InspectAsync(backfilled.Path);

        Assert.Equal(IntegrityQuestion.All.Select(question => question.Name), checks.Select(check => check.Name));
        Assert.All(checks, check => Assert.True(check.Passed, $"{check.Name}: {string.Join(", ", check.SampleKeys)}"));
        Assert.All(checks, check => Assert.True(check.Description.Length > 20, check.Name));
    }

    [Theory]
    [InlineData("pump_keys", 1, "INSERT INTO pumps FROM pumps LIMIT 1")]
    [InlineData("raw_keys", 2, "INSERT INTO raw_events FROM raw_events WHERE id = $live")]
    [InlineData("raw_revisions", 1, "UPDATE raw_events SET revision = 1 WHERE id = $live")]
    [InlineData("raw_pumps", 1, "INSERT INTO raw_events SELECT nextval('raw_events_id_seq'), created, 'unlisted', 0, 1, 0, event_code, pump_time, NULL, NULL FROM raw_events WHERE id = $live", "unparsed_entries")]
    [InlineData("raw_json", 1, "ALTER TABLE raw_events ALTER raw_event_data TYPE VARCHAR; UPDATE raw_events SET raw_event_data = '{\"cut' WHERE id = $live")]
    [InlineData("raw_without_event", 1, "DELETE FROM events WHERE id = $rest")]
    [InlineData("events_without_raw", 1, "DELETE FROM raw_events WHERE id = $rest")]
    [InlineData("event_keys", 2, "INSERT INTO events FROM events WHERE id = $rest")]
    [InlineData("events_like_raw", 1, "UPDATE events SET event_id = 9999 WHERE id = $rest")]
    [InlineData("event_json", 1, "UPDATE events SET event_data = '[]' WHERE id = $rest")]
    [InlineData("clock_spans", 1, "UPDATE clock_spans SET last_position = 1 WHERE last_position IS NULL", "event_timestamps?")]
    [InlineData("clock_changes", 1, "INSERT INTO bookkeeping.clock_changes SELECT device_assignment_id, id FROM raw_events WHERE id = $live")]
    [InlineData("retimed_ranges", 1, "INSERT INTO bookkeeping.retimed_ranges SELECT device_assignment_id, 0, 1, 1 FROM pumps")]
    [InlineData("event_timestamps", 1, "UPDATE events SET timestamp = make_timestamptz(epoch_us(timestamp) + 1000000) WHERE id = $rest")]
    [InlineData("event_order", 1, "UPDATE events SET pump_time = pump_time + INTERVAL 1 HOUR, timestamp = make_timestamptz(epoch_us(timestamp) + 3600000000) WHERE id = $rest; UPDATE raw_events SET pump_time = pump_time + INTERVAL 1 HOUR WHERE id = $rest")]
    [InlineData("cgm_entries", 1, "DELETE FROM cgm_readings WHERE events_id = $live", "derived_cgm_readings derived_daily_totals")]
    [InlineData("cgm_duplicates", 1, "INSERT INTO bookkeeping.cgm_omissions SELECT events_id, device_assignment_id, log_position, 'Duplicate', 0 FROM cgm_readings WHERE events_id = $live", "cgm_entries derived_cgm_readings")]
    [InlineData("basal_entries", 1, "DELETE FROM basal_deliveries WHERE events_id = $basal", "derived_basal_deliveries")]
    [InlineData("domain_keys", 1, "INSERT INTO basal_deliveries FROM basal_deliveries WHERE events_id = $basal")]
    [InlineData("domain_links", 1, "UPDATE basal_deliveries SET events_id = $live WHERE events_id = $basal", "derived_basal_deliveries")]
    [InlineData("domain_times", 1, "UPDATE alerts SET cleared = make_timestamptz(epoch_us(cleared) + 1000000) WHERE cleared = (SELECT max(cleared) FROM alerts)", "derived_alerts")]
    [InlineData("domain_times", 1, "UPDATE boluses SET ended_position = NULL WHERE events_id = (SELECT max(events_id) FROM boluses WHERE ended IS NOT NULL)", "derived_boluses")]
    [InlineData("domain_times", 1, "UPDATE basal_deliveries SET ended = make_timestamptz(epoch_us(ended) + 1000000) WHERE events_id = (SELECT min(events_id) FROM basal_deliveries)", "derived_basal_deliveries derived_daily_totals")]
    [InlineData("derived_daily_totals", 1, "UPDATE daily_totals SET cgm_readings = cgm_readings + 1 WHERE day = (SELECT max(day) FROM daily_totals)")]
    [InlineData("fetched_days", 1, "INSERT INTO bookkeeping.fetched_days FROM bookkeeping.fetched_days LIMIT 1")]
    [InlineData("fetched_days", 1, "INSERT INTO bookkeeping.fetched_days SELECT * REPLACE (DATE '2019-01-01' AS day, 5 AS entries) FROM bookkeeping.fetched_days LIMIT 1")]
    [InlineData("underived_ranges", 1, "INSERT INTO bookkeeping.underived_ranges SELECT device_assignment_id, 0, 1, NULL FROM pumps")]
    [InlineData("unparsed_entries", 1, "INSERT INTO raw_events SELECT nextval('raw_events_id_seq'), created, device_assignment_id, sequence_group, sequence_number, 1, event_code, pump_time, raw_event_data, envelope FROM raw_events WHERE id = $live")]
    [InlineData("stage_versions", 1, "UPDATE bookkeeping.stage_versions SET version = 'old' WHERE stage LIKE 'boluses %'")]
    [InlineData("rejected_entries", 1, "INSERT INTO bookkeeping.rejected_entries SELECT device_assignment_id, now(), 'a reason', '{}' FROM pumps")]
    [InlineData("log_gaps", 3, "UPDATE raw_events SET pump_time = pump_time - INTERVAL 4 DAY WHERE id = 1; UPDATE events SET pump_time = pump_time - INTERVAL 4 DAY, timestamp = make_timestamptz(epoch_us(timestamp) - 345600000000) WHERE id = 1", "derived_therapy_entries domain_times")]
    public async Task A_planted_fault_fails_its_check_alone(string name, long count, string fault, string also = "")
    {
        using var file = new TestDatabase();
        File.Copy(backfilled.Path, file.Path);
        Plant(file.Path, fault);

        var failed = (await InspectAsync(file.Path)).Where(check => !check.Passed).ToDictionary(check => check.Name);

        Assert.Equal(new[] { name }.Concat(also.EndsWith('?') ? failed.Keys.Intersect([also.TrimEnd('?')]) : also.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Order(), failed.Keys.Order());
        Assert.Equal(count, failed[name].Count);
        Assert.Equal(Math.Min(5, count), failed[name].SampleKeys.Count);
        Assert.All(failed[name].SampleKeys, key => Assert.NotEmpty(key));
    }

    private static async Task<List<IntegrityCheck>> InspectAsync(string path)
    {
        using var database = await DatabaseFile.OpenAsync(path, DatabaseAccess.Read, TimeSpan.Zero, TestContext.Current.CancellationToken);
        return [.. new IntegrityInspection(database, SilentObserver.Instance).Run(TestContext.Current.CancellationToken)];
    }

    private static void Plant(string path, string fault) => TestDatabase.ExecuteAsAnotherProgram(
        path,
        fault
            .Replace("$live", "(SELECT min(events_id) FROM cgm_readings)", StringComparison.Ordinal)
            .Replace("$basal", "(SELECT max(events_id) FROM basal_deliveries)", StringComparison.Ordinal)
            .Replace("$rest", "(SELECT min(id) FROM events WHERE event_id = 90)", StringComparison.Ordinal));

    /// <summary>A file that a backfill has filled; tests copy it.</summary>
    public sealed class Backfilled : IAsyncLifetime
    {
        private readonly TestDatabase _file = new();

        public string Path => _file.Path;

        public async ValueTask InitializeAsync()
        {
            await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions
            {
                Seed = 3,
                Days = 40,
                Sparse = true,
                EndDate = new DateOnly(2026, 6, 30),

                // Which faults show elsewhere too depends on the entries beside them.
                Clock = new ClockHabits().WithoutMishaps(),
            });
            await using var client = await SandboxAccess.ConnectAsync(sandbox);
            await _file.BackfillAsync(client);
        }

        public ValueTask DisposeAsync()
        {
            _file.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
