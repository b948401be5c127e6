using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using TandemFetch.Sandbox.Nightscout;

namespace TandemFetch.Engine.Tests.Sandbox;

/// <summary>A Nightscout server whose clock stands still, and a client that has its secret.</summary>
internal sealed class NightscoutSite : IAsyncDisposable
{
    public const string Secret = "a secret of this test";
    public const string NowText = "2026-07-20T12:00:00.000Z";
    public static readonly DateTimeOffset Now = new(2026, 7, 20, 12, 0, 0, TimeSpan.Zero);

    private NightscoutSite(NightscoutServer server, FakeTimeProvider clock)
    {
        Server = server;
        Clock = clock;
        Admin = ClientWith(Sha1(Secret));
    }

    public NightscoutServer Server { get; }

    public FakeTimeProvider Clock { get; }

    /// <summary>Sends the hash of the secret.</summary>
    public HttpClient Admin { get; }

    public static string Sha1(string text) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));

    public static async Task<NightscoutSite> StartAsync(NightscoutOptions? options = null)
    {
        var clock = new FakeTimeProvider(Now);
        options ??= new NightscoutOptions { WaitsForDelays = false };
        var server = await NightscoutServer.StartAsync(options with
        {
            ApiSecret = Secret,
            TimeProvider = clock,
        });
        return new NightscoutSite(server, clock);
    }

    public static JsonObject Note(string at, string eventType = "Note") =>
        new() { ["eventType"] = eventType, ["created_at"] = at };

    public static JsonObject Glucose(string at, int value) =>
        new() { ["type"] = "sgv", ["sgv"] = value, ["dateString"] = at, ["date"] = Milliseconds(at) };

    public static long Milliseconds(string at) =>
        DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    public HttpClient ClientWith(string? secret)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        var client = new HttpClient(handler) { BaseAddress = Server.BaseAddress };
        if (secret is not null)
        {
            client.DefaultRequestHeaders.Add("api-secret", secret);
        }

        return client;
    }

    public HttpClient ClientWithJwt(string jwt)
    {
        var client = ClientWith(secret: null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", jwt);
        return client;
    }

    public async Task<JsonArray> PostAsync(string collection, params JsonObject[] documents)
    {
        using var response = await Admin.PostAsJsonAsync($"api/v1/{collection}", new JsonArray([.. documents]));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await JsonAsync(response)).AsArray();
    }

    public async Task<JsonArray> GetAsync(string pathAndQuery) =>
        JsonNode.Parse(await Admin.GetStringAsync($"api/v1/{pathAndQuery}"))!.AsArray();

    public async Task<int> DeleteAsync(string pathAndQuery)
    {
        using var response = await Admin.DeleteAsync($"api/v1/{pathAndQuery}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (int)(await JsonAsync(response))["deletedCount"]!;
    }

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Server.DisposeAsync();
    }
}
