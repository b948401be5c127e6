using TandemFetch.Engine.Nightscout;
using TandemFetch.Engine.Tests.Source;
using TandemFetch.Sandbox.Faults;
using TandemFetch.Sandbox.Nightscout;

namespace TandemFetch.Engine.Tests.Nightscout;

/// <summary>Addresses, secrets, and what a site can respond.</summary>
public sealed class ClientTests : IAsyncLifetime
{
    private PumpFile _file = null!;

    public static TheoryData<string, string> Addresses => new()
    {
        { "https://my.site.example", "https://my.site.example" },
        { " https://My.Site.example/ ", "https://my.site.example" },
        { "https://my.site.example:8443/ns/api/v1/", "https://my.site.example:8443/ns" },
        { "http://127.0.0.1:1337/api/v1", "http://127.0.0.1:1337" },
        { "http://localhost:1337", "http://localhost:1337" },
    };

    public async ValueTask InitializeAsync()
    {
        _file = await PumpFile.CreateAsync();
        _file.AddReading(1, "14:00:00", 111);
        _file.AddBolus(2, "14:00:00", 1.5m);
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void An_address_has_one_form(string written, string name) =>
        Assert.Equal(name, NightscoutAddress.Parse(written).Name);

    [Theory]
    [InlineData("my.site.example")]
    [InlineData("ftp://my.site.example")]
    [InlineData("http://my.site.example")]
    [InlineData("https://me:hidden@my.site.example")]
    [InlineData("https://my.site.example/?token=hidden-0123456789abcdef")]
    [InlineData("https://my.site.example/#hidden")]
    [InlineData("")]
    public void An_address_that_would_reveal_a_secret_is_refused(string written)
    {
        var failure = Assert.Throws<TandemException>(() => NightscoutAddress.Parse(written));

        Assert.Equal(NightscoutErrors.AddressInvalid, failure.ErrorId);
        Assert.DoesNotContain("hidden", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a token-0123456789abcdef\r\nother: header")]
    public void A_token_that_cannot_be_one_is_refused(string token)
    {
        var failure = Assert.Throws<TandemException>(() => NightscoutCredential.OfToken(token));

        Assert.Equal(NightscoutErrors.CredentialInvalid, failure.ErrorId);
    }

    [Fact]
    public async Task The_secret_is_sent_as_its_hash_in_the_header_and_nowhere_else()
    {
        await using var site = await StubSite.StartAsync();
        var observer = new RecordingObserver();

        await site.PublishAsync(_file, observer: observer);

        Assert.All(site.Server.Requests.All, request =>
        {
            Assert.Matches("^[0-9a-f]{40}$", request.Header("api-secret"));
            Assert.DoesNotContain("secret", request.Path + request.Query, StringComparison.OrdinalIgnoreCase);
        });
        var hash = site.Server.Requests.All[0].Header("api-secret")!;
        Assert.NotEmpty(observer.Lines);
        Assert.All(observer.Lines, message =>
        {
            Assert.DoesNotContain(StubSite.Secret, message, StringComparison.Ordinal);
            Assert.DoesNotContain(hash, message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task An_access_token_with_the_role_of_the_documentation_is_enough()
    {
        await using var site = await StubSite.StartAsync(Only(Uploader.Permissions));
        _file.Add("battery_levels", 3, "14:00:00", "85 AS charge_percent");
        var token = NightscoutCredential.OfToken(site.Server.TokenOf(Uploader.Name));

        await site.PublishAsync(_file, credential: token);
        _file.Execute("DELETE FROM cgm_readings; DELETE FROM boluses; DELETE FROM battery_levels");
        await site.PublishAsync(_file, credential: token);

        Assert.Empty(site.Dump());
    }

    [Fact]
    public async Task A_wrong_secret_is_tried_once()
    {
        await using var site = await StubSite.StartAsync();

        var failure = await FailAsync(site, NightscoutCredential.OfSecret("another secret"));

        Assert.Equal(NightscoutErrors.Unauthorized, failure.ErrorId);
        Assert.Single(site.Server.Requests.All);
        Assert.DoesNotContain("another secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api:entries:create")]
    [InlineData("api:treatments:create")]
    public async Task A_missing_permission_is_named_and_not_tried_again(string missing)
    {
        await using var site = await StubSite.StartAsync(
            Only([.. Uploader.Permissions.Where(permission => permission != missing)]));
        var token = site.Server.TokenOf(Uploader.Name);

        var failure = await FailAsync(site, NightscoutCredential.OfToken(token));

        Assert.Equal(NightscoutErrors.PermissionMissing, failure.ErrorId);
        Assert.Contains(missing, failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, site.Server.Requests.Count(status: 401));
        Assert.DoesNotContain(token, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, NightscoutErrors.RateLimited)]
    [InlineData(503, NightscoutErrors.Failed)]
    public async Task A_site_that_is_busy_is_tried_again(int status, string errorId)
    {
        await using var site = await StubSite.StartAsync();
        site.Server.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = status, RetryAfter = 1, Count = 3 });

        await site.PublishAsync(_file);
        Assert.Equal(2, site.Dump().Count);

        _file.AddReading(9, "15:00:00", 112);
        site.Server.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = status });
        var failure = await FailAsync(site);
        Assert.Equal(errorId, failure.ErrorId);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var site = await StubSite.StartAsync();
        site.Server.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = 302, Location = "https://elsewhere.example/x?y=z" });

        var failure = await FailAsync(site);

        Assert.Equal(NightscoutErrors.Redirected, failure.ErrorId);
        Assert.Contains("https://elsewhere.example.", failure.Message, StringComparison.Ordinal);
        Assert.Single(site.Server.Requests.All);
    }

    [Fact]
    public async Task What_is_no_Nightscout_is_recognized()
    {
        await using var site = await StubSite.StartAsync();
        site.Server.Faults.Add(new FaultRule { Kind = FaultKind.Html });
        Assert.Equal(NightscoutErrors.ResponseMalformed, (await FailAsync(site)).ErrorId);

        site.Server.Faults.Clear();
        site.Server.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = 404 });
        Assert.Equal(NightscoutErrors.Refused, (await FailAsync(site)).ErrorId);
    }

    [Fact]
    public async Task A_site_that_ignores_the_conditions_of_a_list_is_recognized()
    {
        await using var site = await IgnorantSite.StartAsync(documents: 5000);

        var failure = await Assert.ThrowsAsync<TandemException>(() => new NightscoutUploader(
            _file.Database, NightscoutAddress.Parse(site.Address.AbsoluteUri), SilentObserver.Instance).RunAsync(
                new Engine.Nightscout.NightscoutRequest(),
                NightscoutCredential.OfSecret(StubSite.Secret),
                StubSite.Options,
                TestContext.Current.CancellationToken));

        Assert.Equal(NightscoutErrors.ResponseMalformed, failure.ErrorId);
        Assert.Equal(2, site.Requests);
    }

    [Fact]
    public async Task A_site_that_is_not_there_is_unreachable()
    {
        Uri address;
        await using (var site = await StubSite.StartAsync())
        {
            address = site.Address;
        }

        var failure = await Assert.ThrowsAsync<TandemException>(() => new NightscoutUploader(
            _file.Database, NightscoutAddress.Parse(address.AbsoluteUri), SilentObserver.Instance).RunAsync(
                new Engine.Nightscout.NightscoutRequest(),
                NightscoutCredential.OfSecret(StubSite.Secret),
                StubSite.Options,
                TestContext.Current.CancellationToken));

        Assert.Equal(NightscoutErrors.Unreachable, failure.ErrorId);
    }

    private static NightscoutSubject Uploader => NightscoutSubject.Uploader;

    private static NightscoutOptions Only(IReadOnlyList<string> permissions) =>
        new() { DefaultRoles = "denied", Subjects = [Uploader with { Permissions = permissions }] };

    private Task<TandemException> FailAsync(StubSite site, NightscoutCredential? credential = null) =>
        Assert.ThrowsAsync<TandemException>(() => site.PublishAsync(_file, credential: credential));
}
