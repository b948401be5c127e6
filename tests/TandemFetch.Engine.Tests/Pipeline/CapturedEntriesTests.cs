using System.Text.Json.Nodes;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Pipeline;

/// <summary>Real entries through the whole pipeline.</summary>
public sealed class CapturedEntriesTests(CapturedEntriesTests.Backfilled backfilled)
    : IClassFixture<CapturedEntriesTests.Backfilled>
{
    private const string Pump1 = "00000000-0000-4000-8000-000000000001";

    private readonly TestDatabase _file = backfilled.File;

    [Fact]
    public async Task All_entries_are_stored_and_parsed()
    {
        Assert.SkipWhen(CapturedEntries.AreMissing, CapturedEntries.SkipReason);

        Assert.Equal([141L], await _file.QueryAsync<long>("SELECT count(*) FROM raw_events"));
        Assert.Equal([141L], await _file.QueryAsync<long>("SELECT count(*) FROM events"));
        Assert.Equal([5L], await _file.QueryAsync<long>("SELECT count(*) FROM events WHERE event_id IN (13, 14)"));
    }

    [Fact]
    public async Task Seventeen_readings_have_status_and_measured_time()
    {
        Assert.SkipWhen(CapturedEntries.AreMissing, CapturedEntries.SkipReason);

        var readings = await _file.QueryAsync<string>(
            "SELECT concat_ws(' ', pump_time, glucose, status, rate_of_change, sensor, backfilled) FROM cgm_readings ORDER BY pump_time, log_position");
        Assert.Equal(17, readings.Count);
        Assert.Contains("2026-05-16 15:44:50 39 Low -0.5 G7 false", readings);
        Assert.Contains("2026-05-25 22:29:08 380 Normal 0.0 G7 true", readings);
        Assert.Contains("2023-01-19 20:30:24 39 Low -1.1 G6 false", readings);
    }

    [Fact]
    public async Task Eight_basal_deliveries_have_nulls_for_rates_not_in_effect()
    {
        Assert.SkipWhen(CapturedEntries.AreMissing, CapturedEntries.SkipReason);

        Assert.Equal(
            [
                "0.000 Algorithm 1.000 0.000 -",
                "1.061 Algorithm 1.000 1.061 -",
                "0.000 Suspended 1.200 - -",
                "1.000 Profile 1.000 - -",
                "1.279 Algorithm 1.000 1.279 -",
                "1.000 Algorithm 1.000 1.000 -",
                "0.500 Temp Rate and Algorithm 1.000 0.500 0.500",
                "0.500 Temp Rate 1.000 - 0.500",
            ],
            await _file.QueryAsync<string>(
                """
                SELECT concat_ws(' ', rate, rate_source, profile_rate,
                    coalesce(algorithm_rate::VARCHAR, '-'), coalesce(temp_rate::VARCHAR, '-'))
                FROM basal_deliveries ORDER BY log_position
                """));
    }

    [Theory]
    [InlineData(1868, "3.140 3.140 2.500 0.640 15 131 0.060 Standard Bluetooth Completed false false")]
    [InlineData(1583, "3.530 3.530 3.330 0.200 20 116 0.000 Standard Bluetooth Completed false false")]
    public async Task A_bolus_has_its_request_its_parts_and_its_end(int bolus, string expected)
    {
        Assert.SkipWhen(CapturedEntries.AreMissing, CapturedEntries.SkipReason);

        Assert.Equal(
            [expected],
            await _file.QueryAsync<string>(
                $"""
                SELECT concat_ws(' ', requested, delivered, requested_food, requested_correction, carbs, bg, iob, kind, source, status,
                    overridden, declined_correction)
                FROM boluses WHERE bolus_id = {bolus}
                """));
    }

    [Fact]
    public async Task A_bolus_without_completion_ends_with_its_last_progress()
    {
        Assert.SkipWhen(CapturedEntries.AreMissing, CapturedEntries.SkipReason);

        Assert.Equal(
            ["10.960 10.960 - 123"],
            await _file.QueryAsync<string>(
                """
                SELECT concat_ws(' ', requested, delivered, coalesce(status, '-'), epoch(ended - started)::INTEGER)
                FROM boluses WHERE bolus_id = 1426
                """));
    }

    [Fact]
    public async Task Reminders_of_a_suspended_pump_are_marked()
    {
        Assert.SkipWhen(CapturedEntries.AreMissing, CapturedEntries.SkipReason);

        Assert.Equal(
            ["Alarm RESUME_PUMP_ALARM 192", "Alarm RESUME_PUMP_ALARM2 192"],
            await _file.QueryAsync<string>(
                "SELECT concat_ws(' ', kind, alert, duration_seconds) FROM alerts WHERE reminder AND cleared IS NOT NULL ORDER BY log_position"));
    }

    [Fact]
    public async Task Sleep_and_exercise_follow_each_other()
    {
        Assert.SkipWhen(CapturedEntries.AreMissing, CapturedEntries.SkipReason);

        Assert.Equal(
            ["10:16:00 Sleeping User 235", "10:20:04 Exercising User 11", "10:20:15 Sleeping Schedule"],
            await _file.QueryAsync<string>(
                $"""
                SELECT concat_ws(' ', strftime(pump_time, '%H:%M:%S'), mode, started_by, duration_seconds)
                FROM user_modes WHERE device_assignment_id = '{Pump1}' ORDER BY log_position
                """));
    }

    [Fact]
    public async Task Raw_entries_give_back_what_was_received()
    {
        Assert.SkipWhen(CapturedEntries.AreMissing, CapturedEntries.SkipReason);

        var page = CapturedEntries.Page();
        var received = page["events"]!.AsArray().Concat(page["clockChanges"]!.AsArray()).ToDictionary(Key);
        using var database = await _file.OpenAsync(Storage.DatabaseAccess.Read);
        var stored = new Reading.RecordReader(database).RawEvents(new Reading.RecordFilter(), TestContext.Current.CancellationToken)
            .Select(raw => JsonNode.Parse(raw.ToJson())!).ToDictionary(Key);
        Assert.Equal(received.Keys.Order(), stored.Keys.Order());
        Assert.All(received, entry => Assert.True(JsonNode.DeepEquals(entry.Value, stored[entry.Key]), entry.Key));

        static string Key(JsonNode? entry) => $"{entry!["deviceAssignmentId"]} {entry["sequenceNumber"]}";
    }

    [Fact]
    public async Task The_captured_fall_back_moves_the_clock_by_an_hour_and_21_seconds_of_drift()
    {
        Assert.SkipWhen(CapturedEntries.AreMissing, CapturedEntries.SkipReason);

        // The same pump's date was set forward by a day two weeks later, so both clocks are a day behind their zone: 28
        // and 29 hours behind UTC, of which 12 are the most that a zone can have.
        Assert.Equal(
            ["182932 -720 -57578861", "364365 -720 -61200000"],
            await _file.QueryAsync<string>(
                """
                SELECT concat_ws(' ', first_position, utc_offset_minutes, drift_ms) FROM clock_spans
                WHERE device_assignment_id LIKE '%2' AND first_position IN (182932, 364365)
                ORDER BY first_position
                """));
    }

    /// <summary>A file with all captured entries, if they are here.</summary>
    public sealed class Backfilled : IAsyncLifetime
    {
        internal TestDatabase File { get; } = new();

        public async ValueTask InitializeAsync()
        {
            if (!CapturedEntries.AreMissing)
            {
                await File.BackfillAsync(StubSource.Serving(
                    CapturedEntries.Page(), Pump1, new DateTime(2026, 4, 30), new DateTime(2026, 5, 26, 11, 0, 0)));
            }
        }

        public ValueTask DisposeAsync()
        {
            File.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
