using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TandemFetch.Sandbox.Nightscout;

namespace TandemFetch.Engine.Tests.Sandbox;

public sealed class NightscoutAccessTests
{
    private static readonly JsonArray Nothing = [];

    private static readonly NightscoutOptions Denied = new()
    {
        DefaultRoles = "denied",
        WaitsForDelays = false,
        Subjects =
        [
            NightscoutSubject.Uploader,
            new NightscoutSubject("Care Portal") { Roles = ["careportal"] },
            new NightscoutSubject("old") { Roles = ["careportal", "devicestatus-upload"] },
        ],
    };

    private static readonly string Sha512 =
        Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes(NightscoutSite.Secret)));

    public static TheoryData<string, HttpStatusCode> Secrets => new()
    {
        { NightscoutSite.Sha1(NightscoutSite.Secret), HttpStatusCode.OK },
        { NightscoutSite.Sha1(NightscoutSite.Secret).ToUpperInvariant(), HttpStatusCode.OK },
        { Sha512, HttpStatusCode.OK },
        { Sha512.ToUpperInvariant(), HttpStatusCode.Unauthorized },
        { NightscoutSite.Secret, HttpStatusCode.Unauthorized },
        { NightscoutSite.Sha1("another secret"), HttpStatusCode.Unauthorized },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task The_hash_of_the_secret_is_accepted_and_the_secret_is_not(string header, HttpStatusCode expected)
    {
        await using var site = await NightscoutSite.StartAsync();
        using var client = site.ClientWith(header);

        using var response = await client.PostAsJsonAsync("api/v1/treatments", Nothing);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task The_hash_is_accepted_in_the_query()
    {
        await using var site = await NightscoutSite.StartAsync();
        using var client = site.ClientWith(null);

        using var response = await client.PostAsJsonAsync(
            $"api/v1/entries?secret={NightscoutSite.Sha1(NightscoutSite.Secret)}", Nothing);

        Assert.Equal("[]", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_token_is_accepted_in_the_header_in_the_query_and_as_a_jwt()
    {
        await using var site = await NightscoutSite.StartAsync(Denied);
        var token = site.Server.TokenOf("uploader");
        using var anonymous = site.ClientWith(null);
        using var byHeader = site.ClientWith(token);
        var grant = JsonNode.Parse(await anonymous.GetStringAsync($"api/v2/authorization/request/{token}"))!;
        using var byJwt = site.ClientWithJwt((string)grant["token"]!);

        var header = await StatusOfPostAsync(byHeader, "api/v1/entries");
        var query = await StatusOfPostAsync(anonymous, $"api/v1/entries?token={token}");
        var jwt = await StatusOfPostAsync(byJwt, "api/v1/entries");
        var none = await StatusOfPostAsync(anonymous, "api/v1/entries");

        Assert.Equal([200, 200, 200, 401], [header, query, jwt, none]);
        Assert.Equal("uploader", (string?)grant["sub"]);
        Assert.Equal(8 * 3600, (long)grant["exp"]! - (long)grant["iat"]!);
    }

    [Fact]
    public async Task A_jwt_ends_after_8_hours()
    {
        await using var site = await NightscoutSite.StartAsync(Denied);
        var grant = JsonNode.Parse(
            await site.Admin.GetStringAsync($"api/v2/authorization/request/{site.Server.TokenOf("uploader")}"))!;
        using var client = site.ClientWithJwt((string)grant["token"]!);

        site.Clock.Advance(TimeSpan.FromHours(8) - TimeSpan.FromSeconds(1));
        var before = await StatusOfPostAsync(client, "api/v1/treatments");
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        var after = await StatusOfPostAsync(client, "api/v1/treatments");

        Assert.Equal([200, 401], [before, after]);
    }

    [Fact]
    public async Task There_is_no_jwt_for_an_unknown_token()
    {
        await using var site = await NightscoutSite.StartAsync();

        using var response = await site.Admin.GetAsync("api/v2/authorization/request/uploader-0123456789abcdef");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("denied", 401)]
    [InlineData("readable", 200)]
    public async Task The_right_to_read_is_needed_before_the_right_to_create(string defaultRoles, int expected)
    {
        await using var site = await NightscoutSite.StartAsync(Denied with { DefaultRoles = defaultRoles });
        using var client = site.ClientWith(site.Server.TokenOf("Care Portal"));

        Assert.Equal(expected, await StatusOfPostAsync(client, "api/v1/treatments"));
    }

    [Fact]
    public async Task No_built_in_role_but_admin_creates_entries()
    {
        var roles = new[] { "readable", "careportal", "devicestatus-upload", "activity", "status-only" };
        await using var site = await NightscoutSite.StartAsync(new NightscoutOptions
        {
            WaitsForDelays = false,
            Subjects =
            [
                new NightscoutSubject("all") { Roles = roles },
                new NightscoutSubject("root") { Roles = ["admin"] },
            ],
        });
        using var all = site.ClientWith(site.Server.TokenOf("all"));
        using var root = site.ClientWith(site.Server.TokenOf("root"));

        Assert.Equal(401, await StatusOfPostAsync(all, "api/v1/entries"));
        Assert.Equal(200, await StatusOfPostAsync(root, "api/v1/entries"));
    }

    [Fact]
    public async Task A_role_of_its_own_can_upload_to_all_collections_and_do_nothing_more()
    {
        await using var site = await NightscoutSite.StartAsync(Denied with
        {
            Subjects =
            [
                new NightscoutSubject("narrow")
                {
                    Permissions =
                    [
                        "*:*:read", "api:entries:create", "api:treatments:create,update", "api:devicestatus:create",
                        "api:profile:create", "api:profile:update",
                    ],
                },
            ],
        });
        using var client = site.ClientWith(site.Server.TokenOf("narrow"));
        using var deleted = await client.DeleteAsync("api/v1/treatments?find[identifier]=x");
        using var put = await client.PutAsJsonAsync("api/v1/profile", new { startDate = NightscoutSite.NowText });

        foreach (var collection in new[] { "entries", "treatments", "devicestatus", "profile" })
        {
            Assert.Equal(200, await StatusOfPostAsync(client, $"api/v1/{collection}"));
        }

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, deleted.StatusCode);
    }

    [Theory]
    [InlineData("api:*:create", true)]
    [InlineData("api", true)]
    [InlineData("*", true)]
    [InlineData("api:treatments,entries:*", true)]
    [InlineData("api:treatments:create", false)]
    [InlineData("api:entries:create:own", false)]
    public async Task Wildcards_lists_and_prefixes_of_permissions_count(string permission, bool allows)
    {
        await using var site = await NightscoutSite.StartAsync(Denied with
        {
            Subjects = [new NightscoutSubject("one") { Roles = ["readable"], Permissions = [permission] }],
        });
        using var client = site.ClientWith(site.Server.TokenOf("one"));

        Assert.Equal(allows ? 200 : 401, await StatusOfPostAsync(client, "api/v1/entries"));
    }

    [Fact]
    public async Task Verifyauth_is_200_whatever_the_result()
    {
        await using var site = await NightscoutSite.StartAsync(Denied with { DefaultRoles = "readable" });
        using var anonymous = site.ClientWith(null);
        using var wrong = site.ClientWith("wrong");
        using var old = site.ClientWith(site.Server.TokenOf("old"));

        var none = await VerifyAsync(anonymous);
        var bad = await VerifyAsync(wrong);
        var subject = await VerifyAsync(old);
        var admin = await VerifyAsync(site.Admin);

        Assert.Equal("UNAUTHORIZED", (string?)none["message"]);
        Assert.True((bool)none["canRead"]!);
        Assert.Equal("UNAUTHORIZED", (string?)bad["message"]);
        Assert.Equal("OK", (string?)subject["message"]);
        Assert.False((bool)subject["canWrite"]!);
        Assert.Equal("OK", (string?)admin["message"]);
        Assert.True((bool)admin["canWrite"]!);
    }

    [Fact]
    public async Task Each_failure_delays_the_address_by_5_s_and_the_next_right_request_waits()
    {
        await using var site = await NightscoutSite.StartAsync();
        using var wrong = site.ClientWith("wrong");

        await StatusOfPostAsync(wrong, "api/v1/entries");
        await StatusOfPostAsync(wrong, "api/v1/entries");
        await StatusOfPostAsync(site.Admin, "api/v1/entries");
        await StatusOfPostAsync(site.Admin, "api/v1/entries");

        Assert.Equal([0, 5, 10, 0], site.Server.Requests.All.Select(r => r.Delay.TotalSeconds));
    }

    [Fact]
    public async Task A_delayed_request_is_answered_when_the_delay_is_over()
    {
        await using var site = await NightscoutSite.StartAsync(new NightscoutOptions());
        using var wrong = site.ClientWith("wrong");
        await StatusOfPostAsync(wrong, "api/v1/entries");

        var waiting = StatusOfPostAsync(site.Admin, "api/v1/entries");
        while (!waiting.IsCompleted && site.Server.Requests.All.Count(r => r.Delay > TimeSpan.Zero) == 0)
        {
            await Task.Yield();
        }

        var answeredEarly = waiting.IsCompleted;
        while (!waiting.IsCompleted)
        {
            site.Clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        Assert.False(answeredEarly);
        Assert.Equal(200, await waiting);
    }

    [Fact]
    public async Task Another_address_is_not_delayed()
    {
        await using var site = await NightscoutSite.StartAsync();
        using var wrong = site.ClientWith("wrong");
        wrong.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.7");

        await StatusOfPostAsync(wrong, "api/v1/entries");
        await StatusOfPostAsync(site.Admin, "api/v1/entries");

        Assert.All(site.Server.Requests.All, r => Assert.Equal(TimeSpan.Zero, r.Delay));
    }

    [Fact]
    public async Task Api_v3_takes_a_jwt_only_and_no_arrays()
    {
        await using var site = await NightscoutSite.StartAsync();
        var token = site.Server.TokenOf("uploader");
        using var anonymous = site.ClientWith(null);
        var grant = JsonNode.Parse(await anonymous.GetStringAsync($"api/v2/authorization/request/{token}"))!;
        using var byJwt = site.ClientWithJwt((string)grant["token"]!);

        Assert.Equal(401, await StatusOfPostAsync(site.Admin, "api/v3/treatments"));
        Assert.Equal(401, await StatusOfPostAsync(anonymous, $"api/v3/treatments?token={token}"));
        Assert.Equal(400, await StatusOfPostAsync(byJwt, "api/v3/treatments"));
    }

    private static async Task<int> StatusOfPostAsync(HttpClient client, string path)
    {
        using var response = await client.PostAsJsonAsync(path, Nothing);
        return (int)response.StatusCode;
    }

    private static async Task<JsonNode> VerifyAsync(HttpClient client)
    {
        using var response = await client.GetAsync("api/v1/verifyauth");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await NightscoutSite.JsonAsync(response))["message"]!;
    }
}
