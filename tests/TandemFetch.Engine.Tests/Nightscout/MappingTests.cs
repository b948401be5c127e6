namespace TandemFetch.Engine.Tests.Nightscout;

/// <summary>Given rows of the domain tables, Nightscout gets exactly these documents.</summary>
public sealed class MappingTests : IAsyncLifetime
{
    private PumpFile _file = null!;

    public async ValueTask InitializeAsync() => _file = await PumpFile.CreateAsync();

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_reading_has_its_direction_and_its_time_with_the_offset_of_the_zone()
    {
        _file.AddReading(1, "14:00:00.5", 120, 1.5m);
        _file.AddReading(2, "2026-12-31 23:55:00", 39, -3.1m);
        _file.AddReading(3, "14:10:00", 401, null);

        Expect(
            "Glucose",
            """{"type":"sgv","sgv":120,"direction":"FortyFiveUp","date":1777557600500,"dateString":"2026-04-30T10:00:00.500-04:00","device":"TandemFetch 90556643"}""",
            """{"type":"sgv","sgv":401,"direction":"NONE","date":1777558200000,"dateString":"2026-04-30T10:10:00.000-04:00","device":"TandemFetch 90556643"}""",
            """{"type":"sgv","sgv":39,"direction":"DoubleDown","date":1798761300000,"dateString":"2026-12-31T18:55:00.000-05:00","device":"TandemFetch 90556643"}""");
    }

    [Theory]
    [InlineData("3.1", "DoubleUp")]
    [InlineData("3", "SingleUp")]
    [InlineData("2", "FortyFiveUp")]
    [InlineData("1", "Flat")]
    [InlineData("-1", "Flat")]
    [InlineData("-1.1", "FortyFiveDown")]
    [InlineData("-2.1", "SingleDown")]
    [InlineData("-3.1", "DoubleDown")]
    public void Directions_are_those_of_the_sensor(string trend, string direction)
    {
        _file.AddReading(1, "14:00:00", 120, decimal.Parse(trend, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Contains($"\"direction\":\"{direction}\"", _file.DocumentsOf("Glucose"), StringComparison.Ordinal);
    }

    [Fact]
    public void Finger_sticks_are_checks_and_values_from_the_sensor_are_not()
    {
        const string Rest = "false AS entered_remotely";
        _file.Add("bg_readings", 1, "14:00:00", $"140 AS glucose, false AS from_cgm, true AS calibration, {Rest}");
        _file.Add("bg_readings", 2, "14:01:00", $"141 AS glucose, true AS from_cgm, false AS calibration, {Rest}");
        _file.Add("bg_readings", 3, "14:02:00", $"NULL AS glucose, false AS from_cgm, false AS calibration, {Rest}");

        Expect(
            "BgCheck",
            Treatment("bgcheck", 1, "BG Check", "10:00:00", ""","glucose":140,"glucoseType":"Finger","units":"mg/dl","notes":"Calibration" """));
    }

    [Fact]
    public void A_bolus_with_carbs_is_a_meal_and_one_without_a_correction_or_a_snack()
    {
        _file.Add("boluses", 1, "14:00:00", Bolus(
            $"5.625 AS delivered, 5.625 AS delivered_now, 45 AS carbs, 151 AS bg, 'Standard' AS kind, 'Completed' AS status, 0.625 AS requested_correction, {PumpFile.Time("14:00:10")} AS started, {PumpFile.Time("14:02:00")} AS ended"));
        _file.Add("boluses", 2, "15:00:00", Bolus(
            $"0.5 AS delivered, 0.5 AS delivered_now, 0 AS carbs, 'Automatic' AS kind, 'Algorithm' AS source, 'User Aborted' AS status, {PumpFile.Time("15:00:00")} AS started, {PumpFile.Time("15:00:40")} AS ended"));
        _file.Add("boluses", 3, "16:00:00", Bolus(
            $"1 AS delivered, 1 AS delivered_now, 0 AS carbs, 'Quick' AS kind, 'Completed' AS status, {PumpFile.Time("16:00:00")} AS started, {PumpFile.Time("16:00:40")} AS ended"));
        _file.Add("boluses", 4, "17:00:00", Bolus(
            $"0 AS delivered, 20 AS carbs, 'Standard' AS kind, 'Terminated by Alarm' AS status, {PumpFile.Time("17:00:40")} AS ended"));

        Expect(
            "Bolus",
            Treatment("bolus", 1, "Meal Bolus", "10:00:10", ""","insulin":5.625,"carbs":45,"glucose":151,"units":"mg/dl","notes":"Standard" """),
            Treatment("bolus", 2, "Correction Bolus", "11:00:00", ""","insulin":0.5,"notes":"Automatic. User Aborted" """),
            Treatment("bolus", 3, "Snack Bolus", "12:00:00", ""","insulin":1,"notes":"Quick" """),
            Treatment("bolus", 4, "Carb Correction", "13:00:00", ""","carbs":20,"notes":"Standard. Terminated by Alarm" """));
    }

    [Fact]
    public void An_extended_bolus_has_both_parts_while_it_runs_and_what_was_delivered_when_it_has_ended()
    {
        const string Extended =
            "'Extended' AS kind, 45 AS carbs, 3.6 AS requested_now, 2.4 AS requested_later, 90 AS extended_minutes";
        var began = $"{PumpFile.Time("14:00:10")} AS started";
        _file.Add("boluses", 1, "14:00:00", Bolus($"{Extended}, {began}, 3.6 AS delivered, 3.6 AS delivered_now"));
        _file.Add("boluses", 2, "15:00:00", Bolus($"{Extended}, {PumpFile.Time("15:00:00")} AS started, 6 AS delivered, 3.6 AS delivered_now, 2.4 AS delivered_later, 'Completed' AS status, {PumpFile.Time("16:32:00")} AS ended"));
        _file.Add("boluses", 3, "16:00:00", Bolus($"{Extended}, {PumpFile.Time("16:00:00")} AS started, 1.2 AS delivered, 0 AS delivered_now, 1.2 AS delivered_later, 'User Aborted' AS status, {PumpFile.Time("16:45:00")} AS ended"));

        Expect(
            "Bolus",
            Treatment("bolus", 1, "Combo Bolus", "10:00:10", ""","insulin":3.6,"enteredinsulin":6,"splitNow":60,"splitExt":40,"duration":90,"relative":1.6,"carbs":45,"notes":"Extended" """),
            Treatment("bolus", 2, "Combo Bolus", "11:00:00", ""","insulin":3.6,"enteredinsulin":6,"splitNow":60,"splitExt":40,"duration":90,"relative":1.6,"carbs":45,"notes":"Extended" """),
            Treatment("bolus", 3, "Combo Bolus", "12:00:00", ""","enteredinsulin":1.2,"splitNow":0,"splitExt":100,"duration":45,"relative":1.6,"carbs":45,"notes":"Extended. User Aborted" """));
    }

    [Fact]
    public void A_bolus_that_has_delivered_nothing_yet_waits()
    {
        _file.Add("boluses", 1, "14:00:00", Bolus($"'Standard' AS kind, 45 AS carbs, 5 AS requested, {PumpFile.Time("14:00:10")} AS started"));

        Expect("Bolus");
    }

    [Fact]
    public void Equal_rates_that_follow_each_other_are_one_document_and_zero_is_a_rate()
    {
        _file.Add("basal_deliveries", 1, "14:00:00", Basal("0.8", "14:05:00", 2));
        _file.Add("basal_deliveries", 2, "14:05:00", Basal("0.8", "14:12:30", 3));
        _file.Add("basal_deliveries", 3, "14:12:30", Basal("0", "14:20:00", 4, "Suspended"));
        _file.Add("basal_deliveries", 4, "14:20:00", Basal("0", "14:25:00", 5));

        // After a gap.
        _file.Add("basal_deliveries", 6, "15:00:00", Basal("0", "15:05:00", 7));
        _file.Add("basal_deliveries", 7, "15:05:00", "0.9 AS rate, 'Profile' AS rate_source");

        Expect(
            "Basal",
            Treatment("basal", 1, "Temp Basal", "10:00:00", ""","absolute":0.8,"rate":0.8,"duration":12.5,"reason":"Algorithm" """),
            Treatment("basal", 3, "Temp Basal", "10:12:30", ""","absolute":0,"rate":0,"duration":7.5,"reason":"Suspended" """),
            Treatment("basal", 4, "Temp Basal", "10:20:00", ""","absolute":0,"rate":0,"duration":5,"reason":"Algorithm" """),
            Treatment("basal", 6, "Temp Basal", "11:00:00", ""","absolute":0,"rate":0,"duration":5,"reason":"Algorithm" """));
    }

    [Fact]
    public void A_rate_that_stays_the_same_has_a_document_for_each_day_because_sites_forget_old_ones()
    {
        for (var entry = 0; entry < 10; entry++)
        {
            var began = new DateTime(2026, 4, 30).AddHours(6 * entry);
            _file.Add(
                "basal_deliveries",
                entry,
                $"{began:yyyy-MM-dd HH:mm:ss}",
                $"0.8 AS rate, 'Profile' AS rate_source, {PumpFile.Time($"{began.AddHours(6):yyyy-MM-dd HH:mm:ss}")} AS ended, {entry + 1} AS ended_position, 21600 AS duration_seconds");
        }

        var durations = _file.DocumentsOf("Basal").Split('\n')
            .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("duration").GetInt32());

        Assert.Equal([1440, 1440, 720], durations);
    }

    [Fact]
    public void A_dose_is_the_rate_that_delivers_it()
    {
        _file.Add("basal_deliveries", 1, "14:00:00", Basal("0.8", "14:05:00", 2) + ", 0.05 AS delivered");
        _file.Add("basal_deliveries", 2, "14:05:00", Basal("0.8", "14:10:00", 3) + ", 0.1 AS delivered");

        Expect(
            "Basal",
            Treatment("basal", 1, "Temp Basal", "10:00:00", ""","absolute":0.6,"rate":0.6,"duration":5,"reason":"Algorithm" """),
            Treatment("basal", 2, "Temp Basal", "10:05:00", ""","absolute":1.2,"rate":1.2,"duration":5,"reason":"Algorithm" """));
    }

    [Fact]
    public void Cannulas_are_site_changes_cartridges_are_insulin_changes_and_tubings_are_notes()
    {
        _file.Add("site_changes", 1, "14:00:00", "'Cartridge' AS part, 180 AS units");
        _file.Add("site_changes", 2, "14:05:00", "'Tubing' AS part, 12.5 AS units, 'Completed' AS status");
        _file.Add("site_changes", 3, "14:06:00", "'Cannula' AS part, 0.3 AS units, 'Completed' AS status");
        _file.Add("site_changes", 4, "14:07:00", "'Cannula' AS part, 'User Aborted' AS status");

        Expect(
            "SiteChange",
            Treatment("sitechange", 1, "Insulin Change", "10:00:00", ""","notes":"Cartridge filled with 180 U" """),
            Treatment("sitechange", 2, "Note", "10:05:00", ""","notes":"Tubing filled with 12.5 U" """),
            Treatment("sitechange", 3, "Site Change", "10:06:00", ""","notes":"Cannula filled with 0.3 U" """),
            Treatment("sitechange", 4, "Note", "10:07:00", ""","notes":"Cannula filled. User Aborted" """));
    }

    [Fact]
    public void A_sensor_session_has_a_start_and_if_it_was_stopped_a_stop()
    {
        _file.Add("cgm_sessions", 1, "14:00:00", "'G6' AS sensor, 'Start' AS began_with, 0 AS rejoined, " + $"'NextSession' AS ended_by, 5 AS ended_position, {PumpFile.Time("15:00:00")} AS ended");
        _file.Add("cgm_sessions", 5, "15:00:00", "'G7' AS sensor, 'Join' AS began_with, 0 AS rejoined, " + $"'Stop' AS ended_by, 9 AS ended_position, {PumpFile.Time("16:00:00")} AS ended, 'User' AS stop_reason");

        Expect(
            "SensorStart",
            Treatment("sensorstart", 1, "Sensor Start", "10:00:00", ""","notes":"G6" """),
            Treatment("sensorstart", 5, "Sensor Start", "11:00:00", ""","notes":"G7. The pump joined a running session" """));
        Expect("SensorStop", Treatment("sensorstop", 9, "Sensor Stop", "12:00:00", ""","notes":"G7. User" """));
    }

    [Fact]
    public void Modes_have_their_duration_when_they_have_ended()
    {
        _file.Add("user_modes", 1, "14:00:00", "'Exercising' AS mode, 'User' AS started_by, 2730 AS duration_seconds");
        _file.Add("user_modes", 2, "22:00:00", "'Sleeping' AS mode, 'Schedule' AS started_by");

        Expect(
            "Mode",
            Treatment("mode", 1, "Exercise", "10:00:00", ""","duration":45.5,"notes":"Exercise" """),
            Treatment("mode", 2, "Note", "18:00:00", ""","notes":"Sleep. Scheduled" """));
    }

    [Fact]
    public void Suspensions_and_alerts_are_notes_and_reminders_are_nothing()
    {
        _file.Add("suspensions", 1, "14:00:00", "'User Aborted' AS reason, 600 AS duration_seconds");
        _file.Add("alerts", 2, "14:01:00", "'Alarm' AS kind, 'Occlusion' AS alert, false AS reminder, 90 AS duration_seconds");
        _file.Add("alerts", 3, "14:02:00", "'CgmAlert' AS kind, 'High' AS alert, 'G7' AS sensor, false AS reminder");
        _file.Add("alerts", 4, "14:03:00", "'Alarm' AS kind, 'Resume Pump' AS alert, true AS reminder");

        Expect("Suspension", Treatment("suspension", 1, "Note", "10:00:00", ""","duration":10,"notes":"Insulin suspended. User Aborted" """));
        Expect(
            "Alert",
            Treatment("alert", 2, "Note", "10:01:00", ""","duration":1.5,"notes":"Alarm: Occlusion" """),
            Treatment("alert", 3, "Note", "10:02:00", ""","notes":"Sensor alert: High. G7" """));
    }

    [Fact]
    public void The_battery_is_the_status_of_a_pump()
    {
        _file.Add("battery_levels", 1, "14:00:00", "85 AS charge_percent, 3912 AS millivolts");
        _file.Add("battery_levels", 2, "15:00:00", "0 AS charge_percent");

        Expect(
            "Battery",
            """{"device":"TandemFetch 90556643","created_at":"2026-04-30T10:00:00.000-04:00","pump":{"clock":"2026-04-30T10:00:00.000-04:00","battery":{"percent":85,"voltage":3.912}}}""",
            """{"device":"TandemFetch 90556643","created_at":"2026-04-30T11:00:00.000-04:00","pump":{"clock":"2026-04-30T11:00:00.000-04:00","battery":{"percent":0}}}""");
    }

    [Fact]
    public void Profiles_are_sent_when_they_changed_and_not_with_every_version_of_the_settings()
    {
        for (var version = 1; version <= 3; version++)
        {
            var rate = version == 3 ? "0.9" : "0.8";
            _file.Execute(
                $"""
                INSERT INTO profiles BY NAME SELECT {version} AS pump_settings_id, 'device-90556643' AS device_assignment_id,
                {PumpFile.Time($"1{version}:00:00")} AS timestamp, 0 AS profile_id, 'Work & <b>' AS name, true AS active,
                300 AS insulin_minutes;
                INSERT INTO profile_segments BY NAME SELECT {version} AS pump_settings_id,
                'device-90556643' AS device_assignment_id, 0 AS profile_id, unnest([1, 2]) AS segment,
                unnest([0, 390]) AS start_minute, {rate} AS basal_rate, 42 AS correction_factor, 9 AS carb_ratio,
                110 AS target_bg
                """);
        }

        var documents = _file.DocumentsOf("Profile").Split('\n');

        Assert.Equal(2, documents.Length);
        Assert.Equal(
            """
            {"_id":"@","defaultProfile":"Work \u0026 \u003Cb\u003E","startDate":"2026-04-30T07:00:00.000-04:00","created_at":"2026-04-30T07:00:00.000-04:00","mills":1777546800000,"units":"mg/dl","enteredBy":"TandemFetch 90556643","store":{"Work \u0026 \u003Cb\u003E":{"dia":"5","carbs_hr":"20","delay":"20","timezone":"America/New_York","units":"mg/dl","carbratio":[{"time":"00:00","value":"9","timeAsSeconds":"0"},{"time":"06:30","value":"9","timeAsSeconds":"23400"}],"sens":[{"time":"00:00","value":"42","timeAsSeconds":"0"},{"time":"06:30","value":"42","timeAsSeconds":"23400"}],"basal":[{"time":"00:00","value":"0.8","timeAsSeconds":"0"},{"time":"06:30","value":"0.8","timeAsSeconds":"23400"}],"target_low":[{"time":"00:00","value":"110","timeAsSeconds":"0"},{"time":"06:30","value":"110","timeAsSeconds":"23400"}],"target_high":[{"time":"00:00","value":"110","timeAsSeconds":"0"},{"time":"06:30","value":"110","timeAsSeconds":"23400"}]}}}
            """,
            System.Text.RegularExpressions.Regex.Replace(documents[0], "[0-9a-f]{24}", "@"));
        Assert.Contains("\"value\":\"0.9\"", documents[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_active_profile_of_two_with_the_same_name_is_the_one_that_is_sent()
    {
        _file.Execute(
            $"""
            INSERT INTO profiles BY NAME SELECT 1 AS pump_settings_id, 'device-90556643' AS device_assignment_id,
            {PumpFile.Time("14:00:00")} AS timestamp, unnest([0, 1]) AS profile_id, 'Work' AS name,
            unnest([false, true]) AS active;
            INSERT INTO profile_segments BY NAME SELECT 1 AS pump_settings_id,
            'device-90556643' AS device_assignment_id, unnest([0, 1]) AS profile_id, 1 AS segment, 0 AS start_minute,
            unnest([0.5, 0.9]) AS basal_rate, 42 AS correction_factor, 9 AS carb_ratio, 110 AS target_bg
            """);

        var document = _file.DocumentsOf("Profile");

        Assert.Contains("\"value\":\"0.9\"", document, StringComparison.Ordinal);
        Assert.DoesNotContain("\"value\":\"0.5\"", document, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_a_true_time_are_counted_and_not_sent()
    {
        _file.AddReading(1, null, 120);
        _file.AddReading(2, "14:00:00", 121);

        Assert.Single(_file.DocumentsOf("Glucose").Split('\n'));
        var upload = Assert.Single(_file.Preview(new Uri("https://my.site.example")));
        Assert.Equal((1, 1), (upload.Sent, upload.WithoutTime));
    }

    private void Expect(string kind, params string[] documents) =>
        Assert.Equal(string.Join('\n', documents), _file.DocumentsOf(kind));

    private static string Bolus(string columns) => $"7 AS bolus_id, 1 AS last_position, {columns}";

    private static string Basal(string rate, string ended, long endedPosition, string source = "Algorithm") =>
        $"{rate} AS rate, '{source}' AS rate_source, {PumpFile.Time(ended)} AS ended, {endedPosition} AS ended_position, "
        + $"epoch({PumpFile.Time(ended)})::BIGINT - epoch(timestamp)::BIGINT AS duration_seconds";

    private static string Treatment(string kind, long position, string type, string time, string rest) =>
        $$"""{"identifier":"tandemfetch-90556643-{{kind}}-{{position}}","eventType":"{{type}}","created_at":"2026-04-30T{{time}}.000-04:00","enteredBy":"TandemFetch 90556643","device":"TandemFetch 90556643"{{rest.TrimEnd()}}}""";
}
