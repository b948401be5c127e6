using System.Text.Json.Nodes;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Pipeline;

/// <summary>Real entries through the whole pipeline.</summary>
public sealed class CapturedEntriesTests : IDisposable
{
    private const string Pump1 = "00000000-0000-4000-8000-000000000001";

    private readonly TestDatabase _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task All_entries_are_stored_and_parsed()
    {
        await BackfillAsync();

        Assert.Equal([141L], await _file.QueryAsync<long>("SELECT count(*) FROM raw_events"));
        Assert.Equal([141L], await _file.QueryAsync<long>("SELECT count(*) FROM events"));
        Assert.Equal([5L], await _file.QueryAsync<long>("SELECT count(*) FROM events WHERE event_id IN (13, 14)"));
    }

    [Fact]
    public async Task Seventeen_readings_have_status_and_measured_time()
    {
        await BackfillAsync();

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
        await BackfillAsync();

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

    [Fact]
    public async Task Raw_entries_give_back_what_was_received()
    {
        await BackfillAsync();

        var page = CapturedEntries.Page();
        var received = page["events"]!.AsArray().Concat(page["clockChanges"]!.AsArray()).ToDictionary(Key);
        using var database = await _file.OpenAsync(Storage.DatabaseAccess.Read);
        var stored = new Storage.RecordReader(database).RawEvents(new Storage.RecordFilter(), TestContext.Current.CancellationToken)
            .Select(raw => JsonNode.Parse(raw.ToJson())!).ToDictionary(Key);
        Assert.Equal(received.Keys.Order(), stored.Keys.Order());
        Assert.All(received, entry => Assert.True(JsonNode.DeepEquals(entry.Value, stored[entry.Key]), entry.Key));

        static string Key(JsonNode? entry) => $"{entry!["deviceAssignmentId"]} {entry["sequenceNumber"]}";
    }

    [Fact]
    public async Task The_captured_fall_back_moves_the_clock_by_an_hour_and_21_seconds_of_drift()
    {
        await BackfillAsync();

        // The same pump's date was set forward by a day two weeks later, so both clocks are a day behind their zone.
        Assert.Equal(
            ["182932 -1680 21139", "364365 -1740 0"],
            await _file.QueryAsync<string>(
                """
                SELECT concat_ws(' ', first_position, utc_offset_minutes, drift_ms) FROM clock_spans
                WHERE device_assignment_id LIKE '%2' AND first_position IN (182932, 364365)
                ORDER BY first_position
                """));
    }

    private Task<List<Records.PipelineRun>> BackfillAsync()
    {
        Assert.SkipWhen(CapturedEntries.AreMissing, CapturedEntries.SkipReason);
        return _file.BackfillAsync(StubSource.Serving(
            CapturedEntries.Page(), Pump1, new DateTime(2026, 4, 30), new DateTime(2026, 5, 26, 11, 0, 0)));
    }
}
