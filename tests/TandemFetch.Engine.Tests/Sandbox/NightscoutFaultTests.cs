using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using TandemFetch.Sandbox.Faults;
using TandemFetch.Sandbox.Nightscout;
using static TandemFetch.Engine.Tests.Sandbox.NightscoutSite;

namespace TandemFetch.Engine.Tests.Sandbox;

public sealed class NightscoutFaultTests
{
    private const string At = "2026-07-20T08:00:00Z";

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(413)]
    public async Task The_next_requests_get_a_status_and_store_nothing(int status)
    {
        await using var site = await StartAsync();
        site.Server.Faults.Add(
            new FaultRule { Kind = FaultKind.Status, Status = status, RetryAfter = 7, Count = 2, Method = "POST" });

        using var get = await site.Admin.GetAsync("api/v1/treatments");
        using var first = await PostAsync(site);
        using var second = await PostAsync(site);
        var stored = site.Server.Treatments.Count;
        using var third = await PostAsync(site);

        Assert.Equal([200, status, status, 200], site.Server.Requests.All.Select(r => r.Status));
        Assert.Equal(TimeSpan.FromSeconds(7), first.Headers.RetryAfter!.Delta);
        Assert.Equal(0, stored);
        Assert.Single(site.Server.Treatments);
    }

    [Fact]
    public async Task A_redirect_names_another_address()
    {
        await using var site = await StartAsync();
        site.Server.Faults.Add(new FaultRule
        {
            Kind = FaultKind.Status,
            Status = 307,
            Location = "https://nightscout.example.com/",
            Count = 1,
        });

        using var response = await PostAsync(site);

        Assert.Equal(HttpStatusCode.TemporaryRedirect, response.StatusCode);
        Assert.Equal("https://nightscout.example.com/", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_hanging_request_ends_when_the_client_gives_up()
    {
        await using var site = await StartAsync();
        site.Server.Faults.Add(new FaultRule { Kind = FaultKind.Hang, Count = 1 });
        using var patience = new CancellationTokenSource();

        var waiting = site.Admin.PostAsJsonAsync("api/v1/treatments", Note(At), patience.Token);
        while (site.Server.Requests.All.Count == 0)
        {
            await Task.Yield();
        }

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, Assert.Single(site.Server.Requests.All).Status);
        Assert.Empty(site.Server.Treatments);
    }

    [Theory]
    [InlineData(FaultKind.Unanswered)]
    [InlineData(FaultKind.CutOff)]
    public async Task A_broken_connection_after_storing_leaves_the_documents(FaultKind kind)
    {
        await using var site = await StartAsync();
        site.Server.Faults.Add(new FaultRule { Kind = kind, Count = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(site));

        Assert.Single(site.Server.Treatments);
    }

    [Theory]
    [InlineData("treatments", 50)]
    [InlineData("entries", 50)]
    [InlineData("profile", 1)]
    [InlineData("devicestatus", 1)]
    public async Task A_body_of_the_limit_is_taken_and_a_larger_one_is_refused(string collection, int megabytes)
    {
        await using var site = await StartAsync();
        var limit = megabytes * 1024 * 1024;

        using var taken = await site.Admin.PostAsync($"api/v1/{collection}", Padded(limit));
        using var refused = await site.Admin.PostAsync($"api/v1/{collection}", Padded(limit + 1));

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
    }

    [Fact]
    public async Task The_ledger_has_method_path_query_headers_and_sizes()
    {
        await using var site = await StartAsync();

        await site.GetAsync("treatments?find[identifier]=x");
        using var posted = await site.Admin.PostAsJsonAsync(
            "api/v1/treatments.json", new JsonArray(Note(At), Note(At, "Exercise")));

        var (get, post) = (site.Server.Requests.All[0], site.Server.Requests.All[1]);
        Assert.Equal(("GET", "/api/v1/treatments"), (get.Method, get.Path));
        Assert.Equal("?find[identifier]=x", Uri.UnescapeDataString(get.Query));
        Assert.Equal(("POST", "/api/v1/treatments.json", 200), (post.Method, post.Path, post.Status));
        Assert.Equal(Sha1(Secret), post.Header("API-Secret"));
        Assert.StartsWith("application/json", post.Header("content-type"), StringComparison.Ordinal);
        Assert.Equal(2, post.Documents);
        Assert.True(post.BodyBytes > 0);
        Assert.Equal(1, site.Server.Requests.Count("POST", "/api/v1/treatments", 200));
        site.Server.Requests.Clear();
        Assert.Empty(site.Server.Requests.All);
    }

    [Fact]
    public async Task A_compressed_body_is_read()
    {
        await using var site = await StartAsync();
        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(Encoding.UTF8.GetBytes(new JsonArray(Note(At)).ToJsonString()));
        }

        using var body = new ByteArrayContent(packed.ToArray());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        body.Headers.ContentEncoding.Add("gzip");
        using var response = await site.Admin.PostAsync("api/v1/treatments", body);

        Assert.Equal("Note", (string?)Assert.Single(site.Server.Treatments)["eventType"]);
        Assert.Equal(packed.Length, Assert.Single(site.Server.Requests.All).BodyBytes);
    }

    [Fact]
    public async Task Copies_of_documents_can_be_changed_without_changing_the_store()
    {
        await using var site = await StartAsync();
        var sent = TconnectSyncDocuments.DeviceStatus(Now, percent: 80, volts: 3.9, sequenceNumber: 1);
        site.Server.Insert(NightscoutCollection.DeviceStatus, sent);

        site.Server.DeviceStatus[0]["pump"]!["battery"]!["percent"] = 1;

        Assert.False(sent.ContainsKey("_id"));
        Assert.Equal(80, (int)site.Server.DeviceStatus[0]["pump"]!["battery"]!["percent"]!);
    }

    private static Task<HttpResponseMessage> PostAsync(NightscoutSite site) =>
        site.Admin.PostAsJsonAsync("api/v1/treatments", Note(At));

    /// <summary>A document of a certain number of bytes.</summary>
    private static ByteArrayContent Padded(int bytes)
    {
        var text = Encoding.UTF8.GetBytes($$"""{"_": ""}""".PadRight(bytes));
        var content = new ByteArrayContent(text);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
