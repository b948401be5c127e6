using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static TandemFetch.Engine.Tests.Sandbox.NightscoutSite;

namespace TandemFetch.Engine.Tests.Sandbox;

public sealed class NightscoutProfileTests
{
    [Fact]
    public async Task Every_post_is_a_new_profile_and_the_latest_start_is_current()
    {
        await using var site = await StartAsync();
        var none = await site.Admin.GetStringAsync("api/v1/profile/current");

        await site.PostAsync("profile", Profile("2026-03-01T00:00:00.000Z"), Profile("2026-01-01T00:00:00.000Z"));
        await site.PostAsync("profile", Profile("2026-01-01T00:00:00.000Z"));

        Assert.Equal("null", none);
        Assert.Equal(3, site.Server.Profiles.Count);
        Assert.Equal(3, (await site.GetAsync("profile.json")).Count);
        Assert.Equal("2026-03-01T00:00:00.000Z", (string?)(await CurrentAsync(site))["startDate"]);
    }

    [Fact]
    public async Task Put_replaces_by_id()
    {
        await using var site = await StartAsync();
        var posted = await site.PostAsync("profile", Profile("2026-03-01T00:00:00.000Z"));
        var changed = Profile("2026-03-02T00:00:00.000Z");
        changed["_id"] = (string)posted[0]!["_id"]!;
        changed.Remove("units");

        using var put = await site.Admin.PutAsJsonAsync("api/v1/profile", changed);
        using var another = await site.Admin.PutAsJsonAsync("api/v1/profile", Profile("2026-01-01T00:00:00.000Z"));
        using var refused = await site.Admin.PutAsJsonAsync("api/v1/profile", new { _id = "mine" });

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal(HttpStatusCode.OK, another.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(2, site.Server.Profiles.Count);
        Assert.Equal("2026-03-02T00:00:00.000Z", (string?)(await CurrentAsync(site))["startDate"]);
        Assert.False((await CurrentAsync(site)).AsObject().ContainsKey("units"));
    }

    [Fact]
    public async Task A_profile_is_deleted_by_id()
    {
        await using var site = await StartAsync();
        var posted = await site.PostAsync("profile", Profile("2026-03-01T00:00:00.000Z"));

        using var deleted = await site.Admin.DeleteAsync($"api/v1/profile/{(string)posted[0]!["_id"]!}");

        Assert.Equal("{}", await deleted.Content.ReadAsStringAsync());
        Assert.Empty(site.Server.Profiles);
    }

    private static JsonObject Profile(string start) => new()
    {
        ["startDate"] = start,
        ["defaultProfile"] = "Weekday",
        ["units"] = "mg/dl",
        ["store"] = new JsonObject { ["Weekday"] = new JsonObject { ["dia"] = "5" } },
    };

    private static async Task<JsonNode> CurrentAsync(NightscoutSite site) =>
        JsonNode.Parse(await site.Admin.GetStringAsync("api/v1/profile/current"))!;
}
