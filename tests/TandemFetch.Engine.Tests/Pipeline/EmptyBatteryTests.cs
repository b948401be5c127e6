using System.Globalization;
using System.Text.Json.Nodes;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Pipeline;

/// <summary>Logs of clocks that were set wrong, or lost their time, through the whole pipeline.</summary>
public sealed class EmptyBatteryTests : IDisposable
{
    private const string Device = "00000000-0000-4000-8000-0000000000aa";

    private static readonly DateTime Epoch = new(2008, 1, 1);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, LongRun.IsAsked ? 20 : 2)];

    private readonly TestDatabase _file = new();

    private readonly List<JsonObject> _entries = [];

    private long _position;

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_date_that_was_wrong_for_an_hour_costs_no_entry_its_time()
    {
        Log("2026-01-01T00:00:00", "2026-01-03T10:00:00");
        Set("2026-01-03T10:02:00", "2026-01-05T10:02:00");
        Log("2026-01-05T10:05:00", "2026-01-05T11:00:00");
        Set("2026-01-05T11:02:00", "2026-01-03T11:02:00");
        Log("2026-01-03T11:05:00", "2026-01-04T00:00:00");

        await BackfillAsync();

        await AssertSteadyAsync(_file);
    }

    [Theory]
    [InlineData("2008-01-01T00:00:30")]
    [InlineData("2020-01-12T00:00:30")]
    public async Task An_empty_battery_costs_no_entry_its_time(string begin)
    {
        Log("2026-01-01T00:00:00", "2026-01-03T10:00:00");
        Log(begin, Later(begin, 30));
        Set(Later(begin, 34), "2026-01-03T10:39:30");
        Log("2026-01-03T10:40:00", "2026-01-04T00:00:00");

        await BackfillAsync();

        await AssertSteadyAsync(_file);
        Assert.Equal(
            ["AfterJump", "Change", "Change", "Zone"],
            await _file.QueryAsync<string>("SELECT resolved_by FROM clock_spans ORDER BY first_position"));
    }

    /// <summary>Jumps are searched for part by part; the last entry before one and the first after it are in two.</summary>
    [Theory]
    [InlineData(-20)]
    [InlineData(-10)]
    [InlineData(0)]
    [InlineData(10)]
    public async Task A_jump_between_two_parts_of_the_log_is_found(int distance)
    {
        _position = ClockSteps.PartSize - (697 * 10) + distance;
        Log("2026-01-01T00:00:00", "2026-01-03T10:00:00");
        Log("2008-01-01T00:00:30", "2008-01-01T00:30:30");
        await BackfillAsync();
        Set("2008-01-01T00:34:30", "2026-01-03T10:39:30");
        Log("2026-01-03T10:40:00", "2026-01-04T00:00:00");

        await BackfillAsync();

        Assert.Equal(
            ["2026-01-03 10:00:00 2008-01-01 00:00:30"],
            await _file.QueryAsync<string>("SELECT time_before || ' ' || time_after FROM bookkeeping.clock_steps"));
        await AssertSteadyAsync(_file);
    }

    [Fact]
    public async Task An_upload_that_came_before_the_battery_was_empty_is_remembered()
    {
        // In Paris until the battery was empty, in New York after.
        Log("2026-01-01T00:00:00", "2026-01-03T10:00:00");
        await BackfillAsync(upload: "2026-01-03T09:03:00Z");
        Log("2008-01-01T00:00:30", "2008-01-01T00:30:30");
        Set("2008-01-01T00:34:30", "2026-01-03T04:39:30");
        Log("2026-01-03T04:40:00", "2026-01-04T00:00:00");

        await BackfillAsync(upload: "2026-01-04T05:01:00Z");

        Assert.Equal(
            ["60 EarlierUpload", "-720 Change", "-540 Change", "-300 ZoneUpload"],
            await _file.QueryAsync<string>("SELECT utc_offset_minutes || ' ' || resolved_by FROM clock_spans ORDER BY first_position"));
        await AssertSteadyAsync(_file);
    }

    /// <summary>
    /// The law: in whatever order the parts of a log arrive, its times are those of the log as a whole.
    /// </summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Entries_that_come_late_are_put_on_the_times_of_the_whole_log(int seed)
    {
        Log("2026-01-01T00:00:00", "2026-01-02T10:00:00");
        Set("2026-01-02T10:02:00", "2025-01-02T10:02:00");
        Log("2025-01-02T10:05:00", "2025-01-02T12:00:00");
        Set("2025-01-02T12:02:00", "2026-01-02T12:02:00");
        Log("2026-01-02T12:05:00", "2026-01-03T10:00:00");
        Log("2008-01-01T00:00:30", "2008-01-01T00:30:30");
        Set("2008-01-01T00:34:30", "2026-01-03T10:39:30");
        Log("2026-01-03T10:40:00", "2026-01-03T15:00:00");
        Log("2008-01-01T00:00:30", "2008-01-01T00:30:30");
        Set("2008-01-01T00:34:30", "2026-01-03T15:39:30");
        Log("2026-01-03T15:40:00", "2026-01-04T00:00:00");
        using var whole = new TestDatabase();
        await BackfillAsync(file: whole);

        var random = new Random(seed);
        var parts = _entries.Select((entry, place) => (entry, part: place == _entries.Count - 1 ? 0 : random.Next(3) + (place / 100 % 2))).ToLookup(entry => entry.part, entry => entry.entry);
        foreach (var part in parts.OrderBy(part => part.Key))
        {
            await BackfillAsync([.. part]);
        }

        await SameTables.AssertAsync(whole, _file);
        await AssertSteadyAsync(_file);
    }

    [Fact]
    public async Task An_entry_that_comes_late_right_beside_a_jump_moves_it()
    {
        Log("2026-01-01T00:00:00", "2026-01-03T10:00:00");
        var before = _entries[^1];
        Log("2008-01-01T00:00:30", "2008-01-01T00:30:30");
        Set("2008-01-01T00:34:30", "2026-01-03T10:39:30");
        Log("2026-01-03T10:40:00", "2026-01-04T00:00:00");

        await BackfillAsync([.. _entries.Where(entry => entry != before)]);
        var first = await JumpsAsync();
        await BackfillAsync([before]);

        Assert.Equal(["2026-01-03 09:55:00 2008-01-01 00:00:30"], first);
        Assert.Equal(["2026-01-03 10:00:00 2008-01-01 00:00:30"], await JumpsAsync());
        await AssertSteadyAsync(_file);

        Task<IReadOnlyList<string>> JumpsAsync() => _file.QueryAsync<string>(
            "SELECT time_before || ' ' || time_after FROM bookkeeping.clock_steps");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_setting_that_comes_late_together_with_newer_entries_is_no_jump(bool hasJumpAfterIt)
    {
        Log("2026-01-01T00:00:00", "2026-01-02T10:00:00");
        Set("2026-01-02T10:02:00", "2025-01-02T10:02:00");
        Log("2025-01-02T10:05:00", "2025-01-02T12:00:00");
        Set("2025-01-02T12:02:00", "2026-01-02T12:02:00");
        Log("2026-01-02T12:05:00", "2026-01-03T10:00:00");
        var late = _entries.Where(SyntheticLog.IsClockChange).ToList();
        List<JsonObject> first = [.. _entries.Except(late)];
        if (hasJumpAfterIt)
        {
            Log("2008-01-01T00:00:30", "2008-01-01T00:30:30");
            Set("2008-01-01T00:34:30", "2026-01-03T10:39:30");
        }

        Log(hasJumpAfterIt ? "2026-01-03T10:40:00" : "2026-01-03T10:05:00", "2026-01-04T00:00:00");
        await BackfillAsync(first);
        await BackfillAsync([.. late, .. _entries.Except(first).Except(late)]);

        Assert.Equal(
            hasJumpAfterIt ? ["2026-01-03 10:00:00 2008-01-01 00:00:30"] : [],
            await _file.QueryAsync<string>(
                "SELECT time_before || ' ' || time_after FROM bookkeeping.clock_steps"));
        await AssertSteadyAsync(_file);
    }

    [Fact]
    public async Task A_file_of_an_older_version_is_searched_for_jumps_once()
    {
        Log("2026-01-01T00:00:00", "2026-01-03T10:00:00");
        Log("2008-01-01T00:00:30", "2008-01-01T00:30:30");
        Set("2008-01-01T00:34:30", "2026-01-03T10:39:30");
        Log("2026-01-03T10:40:00", "2026-01-04T00:00:00");
        await BackfillAsync();
        TestDatabase.ExecuteAsAnotherProgram(_file.Path, "DELETE FROM bookkeeping.clock_steps; DELETE FROM bookkeeping.stage_versions WHERE stage LIKE 'Clock %'");

        await BackfillAsync([]);

        Assert.Equal(["2026-01-03 10:00:00 2008-01-01 00:00:30"], await _file.QueryAsync<string>("SELECT time_before || ' ' || time_after FROM bookkeeping.clock_steps"));
        await AssertSteadyAsync(_file);
    }

    /// <summary>
    /// The pump logged every five minutes of true time, whatever its clock showed: no time is unknown, none occurs
    /// twice and none is missing.
    /// </summary>
    private static async Task AssertSteadyAsync(TestDatabase file)
    {
        Assert.Equal([0L], await file.QueryAsync<long>("SELECT count(*) FROM events WHERE timestamp IS NULL"));
        Assert.Equal([0L], await file.QueryAsync<long>(
            """
            SELECT count(*)
            FROM (
                SELECT epoch(timestamp) - lag(epoch(timestamp)) OVER (ORDER BY log_position) AS step
                FROM events)
            WHERE step NOT BETWEEN 0 AND 600
            """));
        await SameTables.AssertWholeAsync(file, "fetched_days");
    }

    private async Task BackfillAsync(IReadOnlyCollection<JsonObject>? entries = null, string? upload = null, TestDatabase? file = null)
    {
        entries ??= _entries;
        var newest = DateTime.Parse((string)_entries[^1]["pumpDateTime"]!, CultureInfo.InvariantCulture);
        var pump = StubSource.Pump(
            Device, newest, newest, upload is null ? null : DateTimeOffset.Parse(upload, CultureInfo.InvariantCulture));
        var changes = entries.Where(SyntheticLog.IsClockChange);
        var json = $$"""{"events": [{{Array(entries)}}], "clockChanges": [{{Array(changes)}}]}""";
        await (file ?? _file).BackfillAsync(new StubSource([pump], (_, _, _) => json));

        static string Array(IEnumerable<JsonNode> nodes) => string.Join(",", nodes.Select(node => node.ToJsonString()));
    }

    /// <summary>A delivery every five minutes of the clock, from one time to another.</summary>
    private void Log(string from, string to)
    {
        for (var clock = Parse(from); clock <= Parse(to); clock = clock.AddMinutes(5))
        {
            Add(279, clock, new JsonObject
            {
                ["commandedRateSource"] = 1,
                ["commandedRate"] = 1000,
                ["profileBasalRate"] = 1000,
                ["algorithmRate"] = 65535,
                ["tempRate"] = 65535,
            });
        }
    }

    /// <summary>
    /// The clock goes from one time to another: the date and the time next to each other, as the pump does.
    /// </summary>
    private void Set(string before, string after)
    {
        var (from, to) = (Parse(before), Parse(after));
        Add(14, to.Date + from.TimeOfDay, new JsonObject { ["datePrior"] = (from.Date - Epoch).Days, ["dateAfter"] = (to.Date - Epoch).Days });
        _position -= 9;
        Add(13, to, new JsonObject { ["timePrior"] = from.TimeOfDay.TotalMilliseconds, ["timeAfter"] = to.TimeOfDay.TotalMilliseconds });
    }

    private void Add(int code, DateTime clock, JsonObject properties) => _entries.Add(new JsonObject
    {
        ["deviceAssignmentId"] = Device,
        ["eventCode"] = code,
        ["sequenceGroup"] = 0,
        ["sequenceNumber"] = _position += 10,
        ["pumpDateTime"] = clock.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        ["eventProperties"] = properties,
    });

    private static string Later(string clock, int minutes) => Parse(clock).AddMinutes(minutes).ToString("s", CultureInfo.InvariantCulture);

    private static DateTime Parse(string clock) => DateTime.Parse(clock, CultureInfo.InvariantCulture);
}
