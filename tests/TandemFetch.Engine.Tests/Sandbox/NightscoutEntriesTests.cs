using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TandemFetch.Sandbox.Nightscout;
using static TandemFetch.Engine.Tests.Sandbox.NightscoutSite;

namespace TandemFetch.Engine.Tests.Sandbox;

public sealed class NightscoutEntriesTests
{
    [Fact]
    public async Task The_same_time_and_type_are_merged_whatever_identifier_and_device()
    {
        await using var site = await StartAsync();
        var first = Glucose("2026-07-20T08:00:00Z", 120);
        first["identifier"] = "a";
        first["device"] = "one";
        first["direction"] = "Flat";
        var second = Glucose("2026-07-20T10:00:00+02:00", 130);
        second["identifier"] = "b";
        second["device"] = "two";

        var inserted = await site.PostAsync("entries", first);
        var merged = await site.PostAsync("entries", second);

        var stored = Assert.Single(site.Server.Entries);
        Assert.Equal(130, (int)stored["sgv"]!);
        Assert.Equal("Flat", (string?)stored["direction"]);
        Assert.Equal("two", (string?)stored["device"]);
        Assert.Equal((string?)inserted[0]!["_id"], (string?)stored["_id"]);
        Assert.False(merged[0]!.AsObject().ContainsKey("_id"));
    }

    [Fact]
    public async Task Another_type_at_the_same_time_is_another_entry()
    {
        await using var site = await StartAsync();
        var meter = Glucose("2026-07-20T08:00:00Z", 120);
        meter["type"] = "mbg";

        await site.PostAsync("entries", Glucose("2026-07-20T08:00:00Z", 120), meter);

        Assert.Equal(2, site.Server.Entries.Count);
    }

    [Fact]
    public async Task The_text_decides_the_time_and_not_the_number()
    {
        await using var site = await StartAsync();
        var entry = Glucose("2026-07-20T08:00:00.123456+02:00", 120);
        entry["date"] = 1;

        var answer = await site.PostAsync("entries", entry);

        Assert.Equal("2026-07-20T06:00:00.123Z", (string?)answer[0]!["sysTime"]);
        Assert.Equal("2026-07-20T06:00:00.123Z", (string?)answer[0]!["dateString"]);
        Assert.Equal(120, (int)answer[0]!["utcOffset"]!);
        Assert.Equal(1, (int)answer[0]!["date"]!);
    }

    [Fact]
    public async Task A_number_alone_has_the_offset_0()
    {
        await using var site = await StartAsync();

        var answer = await site.PostAsync(
            "entries", new JsonObject { ["type"] = "sgv", ["date"] = Milliseconds("2026-07-20T08:00:00+02:00") });

        Assert.Equal("2026-07-20T06:00:00.000Z", (string?)answer[0]!["sysTime"]);
        Assert.Equal(0, (int)answer[0]!["utcOffset"]!);
    }

    [Fact]
    public async Task Without_a_time_it_is_now()
    {
        await using var site = await StartAsync();

        var answer = await site.PostAsync("entries", new JsonObject { ["type"] = "sgv", ["sgv"] = 100 });

        Assert.Equal(NowText, (string?)answer[0]!["sysTime"]);
    }

    [Fact]
    public async Task A_number_sent_as_a_text_gives_no_time()
    {
        await using var site = await StartAsync();

        var answer = await site.PostAsync("entries", new JsonObject { ["type"] = "sgv", ["date"] = "1784534400000" });

        Assert.Null(answer[0]!["sysTime"]);
        Assert.Null(answer[0]!["utcOffset"]);
    }

    [Fact]
    public async Task An_id_of_another_form_becomes_the_identifier()
    {
        await using var site = await StartAsync();
        var entry = Glucose("2026-07-20T08:00:00Z", 120);
        entry["_id"] = "8b2f3c52-5f3b-4b61-9d1e-6f6f6f6f6f6f";

        await site.PostAsync("entries", entry);

        var stored = Assert.Single(site.Server.Entries);
        Assert.Equal("8b2f3c52-5f3b-4b61-9d1e-6f6f6f6f6f6f", (string?)stored["identifier"]);
        Assert.Matches("^[0-9a-f]{24}$", (string?)stored["_id"]);
    }

    [Fact]
    public async Task A_single_document_is_taken_unless_it_has_no_date()
    {
        await using var site = await StartAsync();

        using var dated = await site.Admin.PostAsJsonAsync("api/v1/entries.json", Glucose("2026-07-20T08:00:00Z", 120));
        using var undated = await site.Admin.PostAsJsonAsync("api/v1/entries.json", new { type = "sgv", sgv = 121 });

        Assert.Single((await JsonAsync(dated)).AsArray());
        Assert.Equal("[]", await undated.Content.ReadAsStringAsync());
        Assert.Single(site.Server.Entries);
    }

    [Fact]
    public async Task A_batch_ends_at_the_first_document_that_is_refused()
    {
        await using var site = await StartAsync();
        await site.PostAsync("entries", Glucose("2026-07-20T08:00:00Z", 120));
        var refused = Glucose("2026-07-20T08:00:00Z", 125);
        refused["_id"] = "0123456789abcdef01234567";

        using var response = await site.Admin.PostAsJsonAsync(
            "api/v1/entries",
            new JsonArray(Glucose("2026-07-20T08:05:00Z", 130), refused, Glucose("2026-07-20T08:10:00Z", 140)));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("Mongo Error", (string?)(await JsonAsync(response))["message"]);
        Assert.Equal([120, 130], site.Server.Entries.Select(e => (int)e["sgv"]!));
    }

    [Fact]
    public async Task Ten_entries_are_shown_the_newest_first()
    {
        await using var site = await StartAsync();
        await site.PostAsync(
            "entries", [.. Enumerable.Range(0, 12).Select(i => Glucose($"2026-07-20T08:{i:00}:00Z", 100 + i))]);

        var shown = await site.GetAsync("entries.json");
        var three = await site.GetAsync("entries.json?count=3");

        Assert.Equal(Enumerable.Range(102, 10).Reverse(), shown.Select(e => (int)e!["sgv"]!));
        Assert.Equal([111, 110, 109], three.Select(e => (int)e!["sgv"]!));
    }

    [Fact]
    public async Task Without_an_extension_or_a_header_entries_are_shown_as_text()
    {
        await using var site = await StartAsync();
        await site.PostAsync("entries", Glucose("2026-07-20T08:00:00Z", 120));
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/entries");
        request.Headers.Accept.ParseAdd("application/json");

        var text = await site.Admin.GetStringAsync("api/v1/entries");
        using var json = await site.Admin.SendAsync(request);

        Assert.Equal($"\"2026-07-20T08:00:00.000Z\"\t{Milliseconds("2026-07-20T08:00:00Z")}\t120\t\t", text);
        Assert.Equal(120, (int)(await JsonAsync(json))[0]!["sgv"]!);
    }

    [Fact]
    public async Task Entries_are_found_and_deleted_by_id_and_type()
    {
        await using var site = await StartAsync();
        var meter = Glucose("2026-07-20T08:00:00Z", 125);
        meter["type"] = "mbg";
        var answer = await site.PostAsync("entries", Glucose("2026-07-20T08:00:00Z", 120), meter);
        var id = (string)answer[0]!["_id"]!;

        var byId = await site.GetAsync($"entries/{id}.json");
        var byType = await site.GetAsync("entries/mbg.json");
        var current = await site.GetAsync("entries/current.json");
        var deleted = await site.DeleteAsync($"entries/{id}");
        var deletedByType = await site.DeleteAsync("entries/sgv?find[date][$gte]=1");

        Assert.Equal(120, (int)Assert.Single(byId)!["sgv"]!);
        Assert.Equal(125, (int)Assert.Single(byType)!["sgv"]!);
        Assert.Single(current);
        Assert.Equal([1, 0], [deleted, deletedByType]);
        Assert.Equal("mbg", (string?)Assert.Single(site.Server.Entries)["type"]);
    }

    [Fact]
    public async Task Documents_of_tconnectsync_are_replaced_by_those_of_the_same_time()
    {
        await using var site = await StartAsync();
        var at = new DateTimeOffset(2026, 7, 20, 8, 0, 0, TimeSpan.FromHours(2));
        site.Server.Insert(NightscoutCollection.Entries, TconnectSyncDocuments.Entry(at, 120, 77));

        await site.PostAsync("entries", Glucose("2026-07-20T06:00:00Z", 121));

        var stored = Assert.Single(site.Server.Entries);
        Assert.Equal(121, (int)stored["sgv"]!);
        Assert.Equal("77", (string?)stored["pump_event_id"]);
    }
}
