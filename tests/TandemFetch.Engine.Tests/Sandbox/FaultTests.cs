using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TandemFetch.Sandbox;
using TandemFetch.Sandbox.Faults;

namespace TandemFetch.Engine.Tests.Sandbox;

public sealed class FaultTests
{
    private static readonly SandboxOptions TwoDays = new() { Days = 2, EndDate = new DateOnly(2026, 3, 20) };

    [Fact]
    public async Task A_rule_posted_from_outside_fires_as_often_as_it_says()
    {
        await using var sandbox = await SandboxServer.StartAsync(TwoDays);
        using var client = await new IndependentClient(sandbox.BaseAddress).SignInAsync();
        using var steering = new HttpClient { BaseAddress = sandbox.BaseAddress };
        using var posted = await steering.PostAsJsonAsync(
            "/sandbox/faults", new { path = "/api/", every = 2, kind = "status", status = 429, retryAfter = 3 });

        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            using var answer = await client.DataAsync($"/api/reports/bff/pumper/{client.PumperId}");
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.NoContent, posted.StatusCode);
        Assert.Equal([200, 429, 200, 429], statuses);
        using var cleared = await steering.DeleteAsync("/sandbox/faults");
        using var requests = JsonDocument.Parse(await steering.GetStringAsync("/sandbox/requests"));
        Assert.Equal(1, requests.RootElement.GetProperty("signIns").GetInt32());
        Assert.Equal(2, sandbox.Requests.Count("/api/", 429));
    }

    [Fact]
    public async Task A_rule_that_is_not_understood_is_refused()
    {
        await using var sandbox = await SandboxServer.StartAsync(TwoDays);
        using var steering = new HttpClient { BaseAddress = sandbox.BaseAddress };

        using var answer = await steering.PostAsJsonAsync("/sandbox/faults", new { kind = "explode" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData(FaultKind.Malformed, "application/json")]
    [InlineData(FaultKind.Html, "text/html")]
    public async Task Bodies_that_are_not_json_do_not_parse(FaultKind kind, string contentType)
    {
        var (answer, text) = await AskAsync(new FaultRule { Kind = kind, Path = "/api/reports/bff/pump-logs/" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(contentType, answer.Content.Headers.ContentType!.MediaType);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(text));
    }

    [Fact]
    public async Task A_wrong_content_type_leaves_the_body_whole()
    {
        var (answer, text) = await AskAsync(new FaultRule { Kind = FaultKind.WrongContentType });

        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.True(JsonDocument.Parse(text).RootElement.GetProperty("events").GetArrayLength() > 1000);
    }

    [Fact]
    public async Task A_cut_off_answer_breaks_the_connection()
    {
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => AskAsync(new FaultRule { Kind = FaultKind.CutOff }));
    }

    [Fact]
    public async Task Pages_have_duplicates_unlisted_pumps_and_bad_entries_as_asked()
    {
        var clean = Entries((await AskAsync()).Text);
        var doubled = Entries((await AskAsync(new FaultRule { Kind = FaultKind.Duplicate })).Text);
        var strange = Entries((await AskAsync(new FaultRule { Kind = FaultKind.UnknownCodes })).Text);
        var malformed = Entries((await AskAsync(new FaultRule { Kind = FaultKind.MalformedEntry })).Text);
        var mistyped = Entries((await AskAsync(new FaultRule { Kind = FaultKind.WrongTypes })).Text);
        var late = Entries((await AskAsync(new FaultRule { Kind = FaultKind.LateEntries, Share = 0.2 })).Text);

        Assert.Equal(clean.Length + (clean.Length / 10), doubled.Length);
        Assert.True(strange.Count(e => e.GetProperty("eventCode").GetInt32() == 9001) > 5);
        Assert.Equal(strange.Length, strange.Select(e => e.GetProperty("sequenceNumber").GetInt64()).Distinct().Count());
        Assert.Equal(1, malformed.Count(e => !e.TryGetProperty("sequenceNumber", out _)));
        Assert.Equal(1, mistyped.Count(e => e.GetProperty("sequenceNumber").ValueKind == JsonValueKind.String));
        Assert.InRange(late.Length, clean.Length * 0.75, clean.Length * 0.85);
    }

    [Fact]
    public async Task A_right_password_can_be_rejected_and_the_account_locked()
    {
        await using var sandbox = await SandboxServer.StartAsync(TwoDays);
        using var client = new IndependentClient(sandbox.BaseAddress);
        sandbox.Faults.Add(new FaultRule { Kind = FaultKind.RejectPassword, Count = 1 });

        using var rejected = await client.LoginAsync("sandbox@example.com", "sandbox");
        sandbox.Faults.Add(new FaultRule { Kind = FaultKind.LockAccount });
        using var locked = await client.LoginAsync("sandbox@example.com", "sandbox");

        Assert.Contains("Invalid username or password", await rejected.Content.ReadAsStringAsync());
        Assert.Contains("Max attempted logins exceeded", await locked.Content.ReadAsStringAsync());
    }

    private static JsonElement[] Entries(string text) =>
        [.. JsonDocument.Parse(text).RootElement.GetProperty("events").EnumerateArray()];

    private static async Task<(HttpResponseMessage Answer, string Text)> AskAsync(FaultRule? rule = null)
    {
        await using var sandbox = await SandboxServer.StartAsync(TwoDays);
        using var client = await new IndependentClient(sandbox.BaseAddress).SignInAsync();
        if (rule is not null)
        {
            sandbox.Faults.Add(rule);
        }

        var answer = await client.DataAsync(client.LogPath(sandbox.Account.Pumps[0].AssignmentId, "2026-03-15", "2026-03-21"));
        return (answer, await answer.Content.ReadAsStringAsync());
    }
}
