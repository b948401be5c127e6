using System.Net;
using System.Text.Json;
using TandemFetch.Sandbox;
using TandemFetch.Sandbox.Account;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Engine.Tests.Sandbox;

public sealed class DataRequestTests
{
    private static readonly SandboxOptions TwoWeeks = new() { Days = 14, EndDate = new DateOnly(2026, 3, 20), Pumps = 3 };

    [Fact]
    public async Task An_independent_client_reads_account_and_log()
    {
        await using var sandbox = await SandboxServer.StartAsync(TwoWeeks);
        using var client = await new IndependentClient(sandbox.BaseAddress).SignInAsync();

        var account = await client.PumperAsync();
        var pump = account["pumps"]![0]!;
        using var log = await client.LogAsync(pump["assignmentId"]!.GetValue<string>(), new(2026, 3, 1), new(2026, 3, 21));

        Assert.Equal(SandboxPerson.Name, account["name"]!.GetValue<string>());
        Assert.Equal("2026-03-21T03:50:00Z", pump["lastUploadDate"]!.GetValue<string>());
        Assert.NotNull(pump["settings"]!["details"]!["profiles"]!["profile"]![0]!["timeDependentSegments"]![0]!["basalRate"]);
        var entries = log.RootElement.GetProperty("events");
        Assert.InRange(entries.GetArrayLength(), 14_000, 21_000);
        Assert.Equal(
            ["deviceAssignmentId", "eventCode", "sequenceGroup", "sequenceNumber", "pumpDateTime", "eventProperties", "estimatedDateTime"],
            entries[0].EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task The_newest_entry_is_at_most_fifteen_minutes_older_than_the_upload()
    {
        for (var seed = 1; seed <= 12; seed++)
        {
            await using var sandbox = await SandboxServer.StartAsync(TwoWeeks with
            {
                Seed = seed,
                Pumps = 1,
                Sparse = seed % 2 == 0,
                Clock = ClockHabits.Tidy,
            });
            using var client = await new IndependentClient(sandbox.BaseAddress).SignInAsync();
            var pump = (await client.PumperAsync())["pumps"]![0]!;

            var upload = DateTimeOffset.Parse(pump["lastUploadDate"]!.GetValue<string>());
            var newest = DateTime.Parse(pump["maxDateOfEvents"]!.GetValue<string>());

            var lag = TimeZoneInfo.ConvertTime(upload, sandbox.Account.Zone).DateTime - newest;
            Assert.InRange(lag.TotalMinutes, -0.3, 15);
        }
    }

    [Fact]
    public async Task A_pump_that_never_uploaded_has_nulls_and_an_empty_log()
    {
        await using var sandbox = await SandboxServer.StartAsync(TwoWeeks);
        using var client = await new IndependentClient(sandbox.BaseAddress).SignInAsync();

        var pump = (await client.PumperAsync())["pumps"]![2]!;
        using var log = await client.LogAsync(pump["assignmentId"]!.GetValue<string>(), new(2026, 3, 1), new(2026, 3, 20));

        Assert.Null(pump["lastUploadDate"]);
        Assert.Null(pump["maxDateOfEvents"]);
        Assert.Null(pump["availableDataRange"]!["start"]);
        Assert.Null(pump["settings"]);
        Assert.Equal(0, log.RootElement.GetProperty("events").GetArrayLength());
    }

    [Fact]
    public async Task The_filter_of_codes_is_honoured_but_for_codes_that_nobody_knows()
    {
        await using var sandbox = await SandboxServer.StartAsync(TwoWeeks with { Days = 28 });
        using var client = await new IndependentClient(sandbox.BaseAddress).SignInAsync();
        var id = sandbox.Account.Pumps[0].AssignmentId;

        using var answer = await client.DataAsync(client.LogPath(id, "2026-02-21", "2026-03-20", "&eventCodes=279,20"));
        using var log = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        var codes = log.RootElement.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("eventCode").GetInt32()).ToHashSet();
        Assert.Superset(new HashSet<int> { 20, 279 }, codes);
        Assert.Subset(new HashSet<int> { 20, 279, 9999 }, codes);
    }

    [Fact]
    public async Task Without_a_list_every_code_is_served_and_repeated_keys_find_nothing()
    {
        await using var sandbox = await SandboxServer.StartAsync(TwoWeeks);
        using var client = await new IndependentClient(sandbox.BaseAddress).SignInAsync();
        var id = sandbox.Account.Pumps[0].AssignmentId;

        using var all = await client.LogAsync(id, new(2026, 3, 7), new(2026, 3, 20));
        using var answer = await client.DataAsync(
            client.LogPath(id, "2026-03-07", "2026-03-20", "&eventCodes=279&eventCodes=20"));
        using var repeated = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        var codes = all.RootElement.GetProperty("events").EnumerateArray()
            .Select(e => e.GetProperty("eventCode").GetInt32()).ToHashSet();
        Assert.Superset(new HashSet<int> { 8, 27, 36, 279 }, codes);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, repeated.RootElement.GetProperty("events").GetArrayLength());
    }

    [Fact]
    public async Task A_server_may_insist_on_a_list_of_codes()
    {
        await using var sandbox = await SandboxServer.StartAsync(TwoWeeks with { RequiresEventCodes = true });
        using var client = await new IndependentClient(sandbox.BaseAddress).SignInAsync();
        var id = sandbox.Account.Pumps[0].AssignmentId;

        using var without = await client.DataAsync(client.LogPath(id, "2026-03-19", "2026-03-20"));
        using var with = await client.DataAsync(client.LogPath(id, "2026-03-19", "2026-03-20", "&eventCodes=279"));

        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        Assert.Contains("""["eventCodes"],"message":"Required""", await without.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
    }

    [Theory]
    [InlineData(false, 6)]
    [InlineData(true, 16)]
    public async Task Profiles_have_the_segments_in_use_or_sixteen(bool pads, int segments)
    {
        await using var sandbox = await SandboxServer.StartAsync(TwoWeeks with { PadsProfiles = pads, Pumps = 1 });
        using var client = await new IndependentClient(sandbox.BaseAddress).SignInAsync();

        var details = (await client.PumperAsync())["pumps"]![0]!["settings"]!["details"]!;

        Assert.All(
            details["profiles"]!["profile"]!.AsArray(),
            profile => Assert.Equal(segments, profile!["timeDependentSegments"]!.AsArray().Count));
    }

    [Theory]
    [InlineData(LogRangeEnd.NewestEntry, "2026-02-1")]
    [InlineData(LogRangeEnd.LatestDate, "2026-03-1")]
    public async Task The_end_of_a_log_whose_date_is_behind_is_the_newest_entry_or_the_latest_date(
        LogRangeEnd end, string expected)
    {
        var slip = new DateSlip(new DateTimeOffset(2026, 3, 16, 12, 0, 0, TimeSpan.Zero), -31, TimeSpan.FromDays(30));
        await using var sandbox = await SandboxServer.StartAsync(TwoWeeks with
        {
            Pumps = 1,
            RangeEnd = end,
            Clock = ClockHabits.Tidy with { DateSlipsAt = [slip] },
        });
        using var client = await new IndependentClient(sandbox.BaseAddress).SignInAsync();

        var pump = (await client.PumperAsync())["pumps"]![0]!;

        var newest = pump["maxDateOfEvents"]!.GetValue<string>();
        Assert.StartsWith(expected, newest);
        Assert.Equal(newest, pump["availableDataRange"]!["end"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_person_has_the_same_devices_as_the_account()
    {
        await using var sandbox = await SandboxServer.StartAsync(TwoWeeks);
        using var client = await new IndependentClient(sandbox.BaseAddress).SignInAsync();

        using var answer = await client.DataAsync($"/api/pumpers/pumpers/{client.PumperId}");
        using var foreign = await client.DataAsync($"/api/pumpers/pumpers/{Guid.NewGuid()}");
        using var person = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        var devices = person.RootElement.GetProperty("devices").EnumerateArray().ToList();
        var pumps = (await client.PumperAsync())["pumps"]!.AsArray();
        Assert.Equal(
            pumps.Select(p => (p!["assignmentId"]?.GetValue<string>(), p["lastUploadDate"]?.GetValue<string>())),
            devices.Select(d => (d.GetProperty("assignmentId").GetString(), d.GetProperty("lastUpload").GetString())));
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Theory]
    [InlineData("https://source.tandemdiabetes.com", null, null)]
    [InlineData(null, "https://source.tandemdiabetes.com/", null)]
    [InlineData(null, null, " ")]
    public async Task A_foreign_origin_or_referer_or_no_browser_is_refused(string? origin, string? referer, string? userAgent)
    {
        await using var sandbox = await SandboxServer.StartAsync(TwoWeeks);
        using var client = await new IndependentClient(sandbox.BaseAddress).SignInAsync();
        client.Origin = origin ?? client.Origin;
        client.Referer = referer ?? client.Referer;
        client.UserAgent = userAgent ?? client.UserAgent;

        using var answer = await client.DataAsync($"/api/reports/bff/pumper/{client.PumperId}");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Missing_revoked_and_expired_tokens_are_refused()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 3, 20, 12, 0, 0, TimeSpan.Zero));
        await using var sandbox = await SandboxServer.StartAsync(TwoWeeks with { TimeProvider = time });
        using var client = await new IndependentClient(sandbox.BaseAddress).SignInAsync();
        var path = $"/api/reports/bff/pumper/{client.PumperId}";
        var good = client.AccessToken;

        client.AccessToken = null;
        using var missing = await client.DataAsync(path);
        client.AccessToken = good;
        using var fine = await client.DataAsync(path);
        time.Advance(TimeSpan.FromHours(8.1));
        using var expired = await client.DataAsync(path);
        await client.SignInAsync();
        sandbox.RevokeTokens();
        using var revoked = await client.DataAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, missing.StatusCode);
        Assert.Equal(HttpStatusCode.OK, fine.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, expired.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, revoked.StatusCode);
    }

    [Theory]
    [InlineData("2026-03-01", "2026-03-02", "&eventIds=279", 400, "eventIds")]
    [InlineData("2026-03-01", "2026-03-02", "&eventCodes=abc", 400, "ZodError")]
    [InlineData("2026-03-02", "2026-03-01", "", 400, "Check input parameters.")]
    [InlineData("2026-3-1", "2026-03-02", "", 400, "Check input parameters.")]
    [InlineData("2026-02-30", "2026-03-02", "", 400, "Check input parameters.")]
    [InlineData("2026-02-01", "2026-03-01", "", 500, "")]
    [InlineData("2026-02-01", "2026-02-28", "", 200, "events")]
    public async Task Bad_queries_are_refused(string first, string last, string more, int status, string says)
    {
        await using var sandbox = await SandboxServer.StartAsync(TwoWeeks);
        using var client = await new IndependentClient(sandbox.BaseAddress).SignInAsync();

        using var answer = await client.DataAsync(client.LogPath(sandbox.Account.Pumps[0].AssignmentId, first, last, more));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(says, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_date_without_the_exact_time_is_refused()
    {
        await using var sandbox = await SandboxServer.StartAsync(TwoWeeks);
        using var client = await new IndependentClient(sandbox.BaseAddress).SignInAsync();
        var path = client.LogPath(sandbox.Account.Pumps[0].AssignmentId, "2026-03-01", "2026-03-02");

        using var answer = await client.DataAsync(path.Replace("T23:59:59Z", "T00:00:00Z"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Unknown_devices_and_removed_addresses_are_not_found()
    {
        await using var sandbox = await SandboxServer.StartAsync(TwoWeeks);
        using var client = await new IndependentClient(sandbox.BaseAddress).SignInAsync();

        using var device = await client.DataAsync(client.LogPath(Guid.NewGuid().ToString(), "2026-03-01", "2026-03-02"));
        using var removed = await client.DataAsync("/api/reports/reportsfacade/pumpeventmetadata");

        Assert.Equal(HttpStatusCode.NotFound, device.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, removed.StatusCode);
    }

    [Fact]
    public async Task Uploads_come_by_the_hour_as_time_goes_on()
    {
        await using var sandbox = await SandboxServer.StartAsync(TwoWeeks with { Pumps = 1 });
        using var client = await new IndependentClient(sandbox.BaseAddress).SignInAsync();
        var log = sandbox.Account.Pumps[0].Log!;
        var before = log.EntryCount;

        sandbox.AdvanceLog(TimeSpan.FromMinutes(59));
        var pump = (await client.PumperAsync())["pumps"]![0]!;
        Assert.Equal(before, log.EntryCount);
        Assert.Equal("2026-03-21T03:50:00Z", pump["lastUploadDate"]!.GetValue<string>());

        sandbox.AdvanceLog(TimeSpan.FromMinutes(2));
        pump = (await client.PumperAsync())["pumps"]![0]!;
        Assert.Equal("2026-03-21T04:50:00Z", pump["lastUploadDate"]!.GetValue<string>());
        Assert.InRange(log.EntryCount - before, 20, 200);
    }

    [Fact]
    public async Task An_account_may_be_empty()
    {
        await using var sandbox = await SandboxServer.StartAsync(TwoWeeks with { Pumps = 0 });
        using var client = await new IndependentClient(sandbox.BaseAddress).SignInAsync();

        Assert.Empty((await client.PumperAsync())["pumps"]!.AsArray());
    }
}
