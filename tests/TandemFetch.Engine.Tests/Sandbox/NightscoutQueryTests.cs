using System.Net;
using System.Text.Json.Nodes;
using TandemFetch.Sandbox.Nightscout;
using static TandemFetch.Engine.Tests.Sandbox.NightscoutSite;

namespace TandemFetch.Engine.Tests.Sandbox;

public sealed class NightscoutQueryTests
{
    private const string Ever = "find[created_at][$gte]=2000-01-01";

    [Fact]
    public async Task Without_a_condition_on_the_date_only_the_last_four_days_are_meant()
    {
        await using var site = await StartAsync();
        await site.PostAsync("treatments", Keyed("old", "2026-07-16T11:59:59Z"), Keyed("new", "2026-07-16T12:00:00Z"));

        var implicitly = await site.GetAsync("treatments");
        var old = await site.GetAsync("treatments?find[identifier]=old");
        var ever = await site.GetAsync($"treatments?{Ever}");
        var missed = await site.DeleteAsync("treatments?find[identifier]=old");
        var deleted = await site.DeleteAsync($"treatments?find[identifier]=old&{Ever}");

        Assert.Equal(["new"], Identifiers(implicitly));
        Assert.Empty(old);
        Assert.Equal(["new", "old"], Identifiers(ever));
        Assert.Equal([0, 1], [missed, deleted]);
        Assert.Equal(["new"], Identifiers(site.Server.Treatments));
    }

    [Fact]
    public async Task Old_entries_are_found_with_a_condition_on_the_date()
    {
        await using var site = await StartAsync();
        var reading = Glucose("2025-01-01T00:00:00Z", 120);
        reading["identifier"] = "old";
        await site.PostAsync("entries", reading);

        Assert.Empty(await site.GetAsync("entries.json?find[identifier]=old"));
        Assert.Single(await site.GetAsync("entries.json?find[identifier]=old&find[date][$gte]=1"));
        Assert.Single(await site.GetAsync("entries.json?find[dateString][$gte]=2024-12"));
        Assert.Equal(0, await site.DeleteAsync("entries?find[identifier]=old"));
        Assert.Equal(1, await site.DeleteAsync("entries?find[identifier]=old&find[date][$gte]=1"));
    }

    [Fact]
    public async Task An_id_needs_no_condition_on_the_date()
    {
        await using var site = await StartAsync();
        const string Uuid = "8b2f3c52-5f3b-4b61-9d1e-6f6f6f6f6f6f";
        var posted = await site.PostAsync(
            "treatments", Keyed("old", "2020-01-01T00:00:00Z"), Keyed(Uuid, "2020-01-01T00:00:00Z"));
        var id = (string)posted[0]!["_id"]!;

        Assert.Equal(["old"], Identifiers(await site.GetAsync($"treatments?find[_id]={id}")));
        Assert.Equal(1, await site.DeleteAsync($"treatments/{id}"));
        Assert.Equal(0, await site.DeleteAsync("treatments/0123456789abcdef01234567"));
        Assert.Equal(1, await site.DeleteAsync($"treatments/{Uuid}"));
        Assert.Empty(site.Server.Treatments);
    }

    [Fact]
    public async Task A_plus_sign_in_a_time_may_be_encoded_or_not()
    {
        await using var site = await StartAsync();
        await site.PostAsync("treatments", Keyed("a", "2026-07-20T08:00:00Z"), Keyed("b", "2026-07-20T09:00:00Z"));

        var encoded = await site.GetAsync("treatments?find[created_at][$gte]=2026-07-20T11:00:00%2B02:00");
        var blank = await site.GetAsync("treatments?find[created_at][$gte]=2026-07-20T11:00:00+02:00");

        Assert.Equal(["b"], Identifiers(encoded));
        Assert.Equal(["b"], Identifiers(blank));
    }

    [Theory]
    [InlineData("find[created_at][$gt]=2026-07-20T08:00:00Z", "c,b")]
    [InlineData("find[created_at][$lt]=2026-07-20T09:00:00Z", "a")]
    [InlineData("find[created_at][$lte]=2026-07-20T09:00:00Z&find[created_at][$gt]=2026-07-20T08:00:00Z", "b")]
    [InlineData("find[created_at][$eq]=2026-07-20T10:00:00Z", "c")]
    [InlineData("find[eventType]=Exercise", "b")]
    [InlineData("find[eventType][$eq]=Exercise", "b")]
    [InlineData("find[eventType][$ne]=Exercise", "c,a")]
    [InlineData("find[identifier][$in][]=a&find[identifier][$in][]=c", "c,a")]
    [InlineData("find[identifier][$in][0]=a&find[identifier][$in][1]=x", "a")]
    [InlineData("find[identifier][$nin][]=a", "c,b")]
    [InlineData("find[duration][$exists]=true", "b")]
    [InlineData("find[eventType][$regex]=^ex&find[eventType][$options]=i", "b")]
    [InlineData("find[eventType]=/^ex/i", "b")]
    [InlineData("find[insulin][$gte]=2", "a")]
    [InlineData("find[insulin]=2.9", "a")]
    [InlineData("find[duration][$gte]=1", "")]
    [InlineData("find[pump.part]=x", "c")]
    [InlineData("find[identifier]=b&find[eventType]=Note", "")]
    [InlineData("sort[created_at]=1", "a,b,c")]
    [InlineData("count=2", "c,b")]
    public async Task Conditions_choose_documents(string query, string expected)
    {
        await using var site = await StartAsync();
        var bolus = Keyed("a", "2026-07-20T08:00:00Z");
        bolus["insulin"] = 2;
        var exercise = Keyed("b", "2026-07-20T09:00:00Z");
        exercise["eventType"] = "Exercise";
        exercise["duration"] = 30;
        var other = Keyed("c", "2026-07-20T10:00:00Z");
        other["pump"] = new JsonObject { ["part"] = "x" };
        await site.PostAsync("treatments", bolus, exercise, other);

        Assert.Equal(expected, string.Join(',', Identifiers(await site.GetAsync($"treatments?{query}"))));
    }

    [Theory]
    [InlineData("find[created_at][$gte]=yesterday")]
    [InlineData("find[created_at]=2026-07-20T08:00:00Z")]
    [InlineData("find[eventType][$near]=x")]
    public async Task A_query_that_is_not_understood_deletes_nothing(string query)
    {
        await using var site = await StartAsync();
        await site.PostAsync("treatments", Keyed("a", "2026-07-20T08:00:00Z"));

        using var response = await site.Admin.DeleteAsync($"api/v1/treatments?{query}");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Single(site.Server.Treatments);
    }

    [Fact]
    public async Task A_delete_without_conditions_removes_four_days_and_fails_afterwards()
    {
        await using var site = await StartAsync();
        await site.PostAsync("treatments", Keyed("old", "2026-07-01T08:00:00Z"), Keyed("new", "2026-07-20T08:00:00Z"));

        using var response = await site.Admin.DeleteAsync("api/v1/treatments");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(["old"], Identifiers(site.Server.Treatments));
    }

    [Fact]
    public async Task Documents_of_another_uploader_are_deleted_by_who_entered_them()
    {
        await using var site = await StartAsync();
        var at = new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero);
        site.Server.Insert(
            NightscoutCollection.Treatments,
            TconnectSyncDocuments.TempBasal(at, 0, 5, 1),
            TconnectSyncDocuments.Bolus(at, 1.2, 2, carbs: 10, glucose: 140));
        await site.PostAsync("treatments", Keyed("ours", "2026-07-01T08:00:00Z"));

        var deleted = await site.DeleteAsync(
            $"treatments?find[enteredBy]={Uri.EscapeDataString(TconnectSyncDocuments.EnteredBy)}&{Ever}");

        Assert.Equal(2, deleted);
        Assert.Equal(["ours"], Identifiers(site.Server.Treatments));
    }

    private static JsonObject Keyed(string identifier, string at)
    {
        var note = Note(at);
        note["identifier"] = identifier;
        return note;
    }

    private static IEnumerable<string> Identifiers(IEnumerable<JsonNode?> documents) =>
        documents.Select(d => (string)d!["identifier"]!);
}
