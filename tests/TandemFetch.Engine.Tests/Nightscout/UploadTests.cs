using System.Text.Json.Nodes;
using TandemFetch.Records;
using TandemFetch.Sandbox.Faults;
using TandemFetch.Sandbox.Nightscout;
using UploadRequest = TandemFetch.Engine.Nightscout.NightscoutRequest;

namespace TandemFetch.Engine.Tests.Nightscout;

/// <summary>What is sent, corrected, deleted and left alone, over HTTP.</summary>
public sealed class UploadTests : IAsyncLifetime
{
    private PumpFile _file = null!;
    private StubSite _site = null!;

    public async ValueTask InitializeAsync()
    {
        _file = await PumpFile.CreateAsync(PumpFile.Serial, PumpFile.OtherSerial);
        _site = await StubSite.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _file.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_second_upload_sends_nothing_and_asks_nothing()
    {
        Fill();
        await _site.PublishAsync(_file);
        Assert.NotEmpty(_site.Dump());
        _site.Server.Requests.Clear();

        Assert.Empty(await _site.PublishAsync(_file));

        Assert.Empty(_site.Server.Requests.All);
    }

    [Fact]
    public async Task After_a_run_of_the_pipeline_without_anything_new_nothing_is_sent()
    {
        Fill();
        await _site.PublishAsync(_file);
        _site.Server.Requests.Clear();
        _file.Execute("SELECT 1");

        await _site.PublishAsync(_file);

        Assert.Empty(_site.Server.Requests.All);
    }

    [Fact]
    public async Task A_run_of_the_pipeline_that_changed_nothing_leaves_nothing_to_compare()
    {
        Fill();
        await _site.PublishAsync(_file);
        var before = Marks();

        // As a backfill records it that gets the newest day again.
        AddRun("Fetch", 400);
        AddRun("Derive", 0);
        await _site.PublishAsync(_file);
        Assert.Equal(before, Marks());

        // Settings are stored without a row of a stage.
        _file.Database.Execute(
            "INSERT INTO pump_settings BY NAME SELECT 1 AS id, 'device-90556643' AS device_assignment_id, '' AS settings_hash, '{}' AS settings");
        await _site.PublishAsync(_file);
        Assert.NotEqual(before, Marks());

        string Marks() => _file.Database.Scalar<string>(
            "SELECT string_agg(DISTINCT mark, ',' ORDER BY mark) FROM bookkeeping.nightscout_marks");

        void AddRun(string stage, int received) => _file.Database.Execute(
            "INSERT INTO pipeline_runs BY NAME SELECT 1000 + (SELECT max(id) FROM pipeline_runs) AS id, $stage AS stage, "
            + "now() AS started, 0 AS duration_ms, $received AS rows_in, 0 AS rows_out, 'Completed' AS outcome",
            new { stage, received });
    }

    [Fact]
    public async Task Two_pumps_with_boluses_in_the_same_second_both_arrive()
    {
        _file.AddBolus(7, "14:00:00", 1.5m);
        _file.AddBolus(7, "14:00:00", 2.5m, PumpFile.OtherSerial);

        await _site.PublishAsync(_file);

        Assert.Equal([1.5, 2.5], _site.Server.Treatments.Select(bolus => (double)bolus["insulin"]!).Order());
    }

    [Fact]
    public async Task Readings_of_two_pumps_at_the_same_moment_have_one_place_and_the_other_is_counted()
    {
        _file.AddReading(7, "14:00:00", 111, serial: PumpFile.OtherSerial);
        _file.AddReading(7, "14:00:00", 222);

        var uploads = await _site.PublishAsync(_file);

        Assert.Equal(222, (int)Assert.Single(_site.Server.Entries)["sgv"]!);
        Assert.Equal(
            [(PumpFile.Serial, 1L, 0L), (PumpFile.OtherSerial, 0L, 1L)],
            uploads.Select(upload => (upload.PumpSerial, upload.Sent, upload.Repeated)));
    }

    [Fact]
    public async Task A_moment_that_another_pump_took_over_and_gave_back_is_sent_again()
    {
        var other = new UploadRequest { PumpSerials = [PumpFile.OtherSerial] };
        _file.AddReading(7, "14:00:00", 111);
        await _site.PublishAsync(_file);
        _file.Execute("UPDATE cgm_readings SET timestamp = timestamp + INTERVAL 5 MINUTE");
        _file.AddReading(8, "14:00:00", 222, serial: PumpFile.OtherSerial);
        await _site.PublishAsync(_file, other);
        _file.Execute("DELETE FROM cgm_readings WHERE glucose = 222");
        await _site.PublishAsync(_file, other);
        _file.Execute("UPDATE cgm_readings SET timestamp = timestamp - INTERVAL 5 MINUTE");

        await _site.PublishAsync(_file);

        Assert.Equal(111, (int)Assert.Single(_site.Server.Entries)["sgv"]!);
    }

    [Fact]
    public async Task A_late_entry_behind_the_newest_is_sent()
    {
        _file.AddReading(1, "14:00:00", 111);
        _file.AddReading(3, "14:10:00", 113);
        await _site.PublishAsync(_file);
        _file.AddReading(2, "14:05:00", 112);
        _site.Server.Requests.Clear();

        var upload = Assert.Single(await _site.PublishAsync(_file));

        Assert.Equal((1, 0, 0), (upload.Sent, upload.Updated, upload.Deleted));
        Assert.Equal([111, 112, 113], _site.Server.Entries.Select(entry => (int)entry["sgv"]!));
        Assert.Equal(1, Assert.Single(_site.Server.Requests.All, request => request.Method == "POST").Documents);
    }

    [Fact]
    public async Task Readings_that_all_move_are_deleted_in_one_request_and_sent_again()
    {
        for (var reading = 0; reading < 100; reading++)
        {
            _file.AddReading(reading, $"1{reading / 12:0}:{reading % 12 * 5:00}:00", 100 + reading);
        }

        await _site.PublishAsync(_file);
        _site.Server.Requests.Clear();

        // Each one to the place of its neighbour.
        _file.Execute("UPDATE cgm_readings SET timestamp = timestamp + INTERVAL 5 MINUTE");
        var upload = Assert.Single(await _site.PublishAsync(_file));

        Assert.Equal((0, 100, 0), (upload.Sent, upload.Updated, upload.Deleted));
        Assert.Equal(1, _site.Server.Requests.Count("DELETE"));
        await AssertLikeFreshAsync();
    }

    [Fact]
    public async Task What_is_gone_is_deleted_however_old_it_is()
    {
        Fill("2020-04-30 ");
        await _site.PublishAsync(_file);
        _file.Execute(
            "DELETE FROM cgm_readings; DELETE FROM boluses; DELETE FROM battery_levels; DELETE FROM basal_deliveries; "
            + "DELETE FROM profiles; DELETE FROM suspensions");

        var uploads = await _site.PublishAsync(_file);

        Assert.Empty(_site.Dump());
        Assert.Equal(6, uploads.Sum(upload => upload.Deleted));
        Assert.Equal(0, _file.Database.Scalar<long>("SELECT count(*) FROM bookkeeping.nightscout_documents"));
    }

    [Fact]
    public async Task An_open_row_is_updated_under_its_identifier()
    {
        _file.Add("suspensions", 5, "14:00:00", "'User Aborted' AS reason");
        await _site.PublishAsync(_file);
        Assert.Null(Assert.Single(_site.Server.Treatments)["duration"]);
        _file.Execute("UPDATE suspensions SET duration_seconds = 600");

        var upload = Assert.Single(await _site.PublishAsync(_file));

        Assert.Equal((0, 1, 0), (upload.Sent, upload.Updated, upload.Deleted));
        Assert.Equal(10, (int)Assert.Single(_site.Server.Treatments)["duration"]!);
    }

    [Fact]
    public async Task A_basal_rate_that_continues_grows_and_a_late_other_rate_divides_it()
    {
        AddBasal(1, "14:00:00", "14:05:00", 2);
        await _site.PublishAsync(_file);
        AddBasal(2, "14:05:00", "14:10:00", 3);
        await _site.PublishAsync(_file);
        Assert.Equal(10, (int)Assert.Single(_site.Server.Treatments)["duration"]!);

        _file.Execute("UPDATE basal_deliveries SET rate = 2 WHERE log_position = 2");
        await _site.PublishAsync(_file);

        Assert.Equal([(0.8, 5.0), (2.0, 5.0)], _site.Server.Treatments.Select(basal => ((double)basal["absolute"]!, (double)basal["duration"]!)));
    }

    [Fact]
    public async Task Documents_of_another_uploader_are_left_alone_and_counted()
    {
        AddForeign();

        var uploads = await _site.PublishAsync(_file);

        Assert.Equal(5, uploads.Sum(upload => upload.LeftAlone));
        Assert.Equal(2, uploads.Sum(upload => upload.Sent));
        Assert.Equal(3, _site.Server.Entries.Count);
        _site.Server.Requests.Clear();
        _file.Execute("SELECT 1");

        var again = await _site.PublishAsync(_file);

        Assert.Equal(5, again.Sum(upload => upload.LeftAlone));
        Assert.Equal(0, _site.Changes());
    }

    [Fact]
    public async Task Rows_that_were_left_alone_and_vanish_delete_nothing()
    {
        AddForeign();
        await _site.PublishAsync(_file);
        var before = _site.Dump().Where(line => line.Contains("tconnectsync", StringComparison.Ordinal)).ToList();
        _file.Execute("DELETE FROM cgm_readings; DELETE FROM boluses; DELETE FROM basal_deliveries; DELETE FROM site_changes");

        await _site.PublishAsync(_file);

        Assert.Equal(before, _site.Dump());
        Assert.Equal(0, _file.Database.Scalar<long>("SELECT count(*) FROM bookkeeping.nightscout_documents"));
    }

    [Fact]
    public async Task A_document_of_another_uploader_is_found_among_more_than_a_list_has()
    {
        _file.AddBolus(4, "14:00:00", 1.5m);
        _site.Server.Insert(
            NightscoutCollection.Treatments,
            Enumerable.Range(0, 6000)
                .Select(index => Treatment("Note", $"2026-04-30T14:0{index / 6000}:{index / 100:00}.{index % 100:00}0Z", $"{index}"))
                .Append(Treatment("Combo Bolus", "2026-04-30T14:00:00Z", "999", ("insulin", 1.5))));

        var upload = Assert.Single(await _site.PublishAsync(_file));

        Assert.Equal((0, 1), (upload.Sent, upload.LeftAlone));
    }

    [Fact]
    public async Task Rows_that_are_far_apart_are_looked_for_apart()
    {
        _file.AddBolus(4, "2021-04-30 14:00:00", 1.5m);
        _file.AddBolus(5, "14:00:00", 1.5m);

        await _site.PublishAsync(_file);

        Assert.Equal(2, _site.Server.Requests.Count("GET", "/api/v1/treatments"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Replace_takes_over_what_another_uploader_wrote(bool afterwards)
    {
        AddForeign();
        if (afterwards)
        {
            await _site.PublishAsync(_file);
        }

        var uploads = await _site.PublishAsync(_file, new UploadRequest { Replace = true });

        Assert.Equal(6, uploads.Sum(upload => upload.Replaced));
        Assert.Equal(0, uploads.Sum(upload => upload.LeftAlone));
        await using var fresh = await StubSite.StartAsync();
        await fresh.PublishAsync(_file);
        var others = _site.Dump().Where(line => line.Contains("tconnectsync", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, others.Count);
        Assert.Equal(fresh.Dump(), _site.Dump().Except(others));
    }

    [Fact]
    public async Task Since_bounds_what_is_sent_changed_and_deleted()
    {
        _file.AddReading(1, "10:00:00", 101);
        _file.AddReading(2, "10:05:00", 102);
        _file.AddReading(3, "15:00:00", 103);
        _file.AddReading(4, "15:05:00", 104);
        var since = new UploadRequest { Since = new DateTimeOffset(2026, 4, 30, 12, 0, 0, TimeSpan.Zero) };

        await _site.PublishAsync(_file, since);
        Assert.Equal([103, 104], _site.Server.Entries.Select(entry => (int)entry["sgv"]!));

        await _site.PublishAsync(_file);
        _file.Execute("DELETE FROM cgm_readings WHERE glucose IN (101, 103); UPDATE cgm_readings SET glucose = glucose + 100");
        await _site.PublishAsync(_file, since);
        Assert.Equal([101, 102, 204], _site.Server.Entries.Select(entry => (int)entry["sgv"]!));

        await _site.PublishAsync(_file);
        Assert.Equal([202, 204], _site.Server.Entries.Select(entry => (int)entry["sgv"]!));
    }

    [Fact]
    public async Task A_place_in_the_log_that_two_keys_of_one_pump_repeat_has_one_document()
    {
        _file.Execute(
            $"INSERT INTO pumps BY NAME SELECT 'device-second' AS device_assignment_id, '{PumpFile.Serial}' AS serial_number, 'America/New_York' AS time_zone");
        _file.AddReading(7, "14:00:00", 111);
        _file.Add("battery_levels", 8, "14:00:00", "85 AS charge_percent");
        foreach (var table in new[] { "cgm_readings", "battery_levels" })
        {
            _file.Execute(
                $"INSERT INTO {table} SELECT * REPLACE (id + 100 AS id, events_id + 100 AS events_id, 'device-second' AS device_assignment_id, timestamp + INTERVAL 30 SECOND AS timestamp) FROM {table}");
        }

        var uploads = await _site.PublishAsync(_file);
        Assert.Equal((2, 2), (uploads.Sum(upload => upload.Sent), uploads.Sum(upload => upload.Repeated)));
        Assert.Equal(2, _site.Dump().Count);
        _site.Server.Requests.Clear();
        _file.Execute("SELECT 1");

        await _site.PublishAsync(_file);

        Assert.Empty(_site.Server.Requests.All);
        _file.Execute("DELETE FROM cgm_readings; DELETE FROM battery_levels");
        await _site.PublishAsync(_file);
        Assert.Empty(_site.Dump());
    }

    [Fact]
    public async Task What_began_before_Since_and_lasts_past_it_is_updated()
    {
        var since = new UploadRequest { Since = new DateTimeOffset(2026, 4, 30, 12, 0, 0, TimeSpan.Zero) };
        AddBasal(1, "10:00:00", "10:05:00", 2);
        _file.Add("suspensions", 5, "10:00:00", "'User Aborted' AS reason");
        await _site.PublishAsync(_file);
        AddBasal(2, "10:05:00", "15:00:00", 3);
        _file.Execute("UPDATE suspensions SET duration_seconds = 18000");

        await _site.PublishAsync(_file, since);

        Assert.Equal([300, 300], _site.Server.Treatments.Select(treatment => (int)treatment["duration"]!));
    }

    [Fact]
    public async Task A_reading_that_moves_to_before_Since_does_not_meet_one_that_stays_there()
    {
        _file.AddReading(1, "10:05:00", 101);
        _file.AddReading(2, "15:00:00", 102);
        await _site.PublishAsync(_file);
        _file.Execute(
            $"""
            UPDATE cgm_readings SET timestamp = {PumpFile.Time("10:00:00")} WHERE log_position = 1;
            UPDATE cgm_readings SET timestamp = {PumpFile.Time("10:05:00")} WHERE log_position = 2
            """);
        await _site.PublishAsync(
            _file, new UploadRequest { Since = new DateTimeOffset(2026, 4, 30, 12, 0, 0, TimeSpan.Zero) });
        Assert.Equal([101], _site.Server.Entries.Select(entry => (int)entry["sgv"]!));

        await _site.PublishAsync(_file);

        Assert.Equal([101, 102], _site.Server.Entries.Select(entry => (int)entry["sgv"]!));
        await AssertLikeFreshAsync();
    }

    [Fact]
    public async Task Content_and_pump_bound_it_too()
    {
        Fill();
        _file.AddReading(1, "20:00:00", 111, serial: PumpFile.OtherSerial);

        await _site.PublishAsync(_file, new UploadRequest { Content = [NightscoutContent.Bolus] });
        Assert.Empty(_site.Server.Entries);
        Assert.Single(_site.Server.Treatments);

        await _site.PublishAsync(
            _file, new UploadRequest { Content = [NightscoutContent.Glucose], PumpSerials = [PumpFile.OtherSerial] });
        Assert.Equal(111, (int)Assert.Single(_site.Server.Entries)["sgv"]!);
    }

    [Fact]
    public async Task An_unknown_pump_is_an_error()
    {
        var failure = await Assert.ThrowsAsync<TandemException>(
            () => _site.PublishAsync(_file, new UploadRequest { PumpSerials = ["4711"] }));

        Assert.Equal("PumpUnknown", failure.ErrorId);
    }

    [Fact]
    public async Task A_preview_counts_and_changes_nothing()
    {
        Fill();

        var uploads = _file.Preview(_site.Address);

        Assert.Equal(6, uploads.Sum(upload => upload.Sent));
        Assert.Empty(_site.Server.Requests.All);
        Assert.Equal(0, _file.Database.Scalar<long>("SELECT count(*) FROM bookkeeping.nightscout_documents"));
        await _site.PublishAsync(_file);
        Assert.Equal(6, _site.Dump().Count);
    }

    [Fact]
    public async Task A_device_status_whose_response_is_lost_is_there_once()
    {
        _file.Add("battery_levels", 1, "14:00:00", "85 AS charge_percent");
        _file.Add("battery_levels", 2, "15:00:00", "84 AS charge_percent");
        _site.Server.Faults.Add(new FaultRule { Kind = FaultKind.Unanswered, Method = "POST", Count = 2 });

        await _site.PublishAsync(_file);

        Assert.Equal(2, _site.Server.DeviceStatus.Count);
        Assert.Equal(3, _site.Server.Requests.Count("POST"));
    }

    private async Task AssertLikeFreshAsync()
    {
        await using var fresh = await StubSite.StartAsync();
        await fresh.PublishAsync(_file);
        Assert.Equal(fresh.Dump(), _site.Dump());
    }

    /// <summary>One row of each collection and of each way in which a treatment is found.</summary>
    private void Fill(string day = "")
    {
        _file.AddReading(1, $"{day}14:00:00", 111);
        _file.AddBolus(2, $"{day}14:00:00", 1.5m);
        AddBasal(3, $"{day}14:00:00", $"{day}14:05:00", 4);
        _file.Add("suspensions", 5, $"{day}14:00:00", "'User Aborted' AS reason");
        _file.Add("battery_levels", 6, $"{day}14:00:00", "85 AS charge_percent");
        _file.Execute(
            $"""
            INSERT INTO profiles BY NAME SELECT 1 AS pump_settings_id, 'device-{PumpFile.Serial}' AS device_assignment_id,
            {PumpFile.Time($"{day}14:00:00")} AS timestamp, 0 AS profile_id, 'Work' AS name, true AS active;
            INSERT INTO profile_segments BY NAME SELECT 1 AS pump_settings_id,
            'device-{PumpFile.Serial}' AS device_assignment_id, 0 AS profile_id, 1 AS segment, 0 AS start_minute,
            0.8 AS basal_rate, 42 AS correction_factor, 9 AS carb_ratio, 110 AS target_bg
            """);
    }

    /// <summary>
    /// What tconnectsync has written of seven of the file's rows: all but one reading and one bolus.
    /// </summary>
    private void AddForeign()
    {
        _file.AddReading(1, "14:00:00", 111);
        _file.AddReading(2, "14:05:00", 112);
        _file.AddReading(3, "14:10:00", 113);
        _file.AddBolus(4, "14:00:00", 1.5m);
        _file.AddBolus(6, "18:00:00", 0.5m);
        AddBasal(10, "14:00:00", "14:05:00", 11);
        AddBasal(11, "14:05:00", "14:10:00", 12);
        _file.Add("site_changes", 20, "15:00:00", "'Cartridge' AS part, 180 AS units");
        _site.Server.Insert(
            NightscoutCollection.Entries,
            Reading("2026-04-30T10:01:00-04:00", 111),
            Reading("2026-04-30T10:05:00-04:00", 112));
        _site.Server.Insert(
            NightscoutCollection.Treatments,
            Treatment("Combo Bolus", "2026-04-30T10:00:00-04:00", "4", ("insulin", 1.5)),

            // By the number of its entry, although the time differs.
            Treatment("Temp Basal", "2026-04-30T10:00:37-04:00", "10", ("absolute", 0.8), ("duration", 5.0)),
            Treatment("Temp Basal", "2026-04-30T10:05:37-04:00", "11", ("absolute", 0.8), ("duration", 5.0)),
            Treatment("Site Change", "2026-04-30T11:00:00-04:00", "20"),

            // Something else at the same time, and the same at another time.
            Treatment("Note", "2026-04-30T10:00:00-04:00", "4"),
            Treatment("Combo Bolus", "2026-04-30T13:59:00-04:00", "999", ("insulin", 0.5)));
    }

    private void AddBasal(long position, string time, string ended, long endedPosition) => _file.Add(
        "basal_deliveries",
        position,
        time,
        $"0.8 AS rate, 'Profile' AS rate_source, {PumpFile.Time(ended)} AS ended, {endedPosition} AS ended_position, 300 AS duration_seconds");

    private static JsonObject Reading(string time, int glucose) => new()
    {
        ["type"] = "sgv",
        ["sgv"] = glucose,
        ["date"] = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(),
        ["dateString"] = time,
        ["device"] = "tconnectsync",
    };

    private static JsonObject Treatment(string type, string time, string number, params (string Name, double Value)[] fields)
    {
        var treatment = new JsonObject
        {
            ["eventType"] = type,
            ["created_at"] = time,
            ["enteredBy"] = "Pump (tconnectsync)",
            ["pump_event_id"] = number,
        };
        foreach (var (name, value) in fields)
        {
            treatment[name] = value;
        }

        return treatment;
    }
}
