using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static TandemFetch.Engine.Tests.Sandbox.NightscoutSite;

namespace TandemFetch.Engine.Tests.Sandbox;

public sealed class NightscoutDeviceStatusTests
{
    [Fact]
    public async Task Every_post_is_a_new_row()
    {
        await using var site = await StartAsync();

        await site.PostAsync("devicestatus", Status());
        await site.PostAsync("devicestatus", Status());

        Assert.Equal(2, site.Server.DeviceStatus.Count);
        Assert.Equal(2, (await site.GetAsync("devicestatus.json")).Count);
    }

    [Theory]
    [InlineData("2026-07-20T10:00:00+02:00", "2026-07-20T08:00:00.000Z", 120)]
    [InlineData("soon", NowText, 0)]
    public async Task Times_are_stored_in_utc_with_the_offset_given_and_default_to_now(
        string sent, string stored, int offset)
    {
        await using var site = await StartAsync();
        var status = Status();
        status["created_at"] = sent;

        var answer = await site.PostAsync("devicestatus", status);

        Assert.Equal(stored, (string?)answer[0]!["created_at"]);
        Assert.Equal(offset, (int)answer[0]!["utcOffset"]!);
    }

    [Fact]
    public async Task An_id_of_another_form_is_refused()
    {
        await using var site = await StartAsync();
        var status = Status();
        status["_id"] = "pump-1";

        using var response = await site.Admin.PostAsJsonAsync("api/v1/devicestatus", status);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(site.Server.DeviceStatus);
    }

    private static JsonObject Status() => new()
    {
        ["created_at"] = "2026-07-20T08:00:00Z",
        ["device"] = "a pump",
        ["pump"] = new JsonObject { ["battery"] = new JsonObject { ["percent"] = 80 } },
    };
}
