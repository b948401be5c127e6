using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Source;

public sealed class SignInTests : IAsyncLifetime
{
    private const string LoginPath = "/accounts/api/login";

    private static readonly DateOnly Day = new(2026, 4, 1);

    private readonly RecordingObserver _observer = new();
    private StubSource _stub = null!;

    public async ValueTask InitializeAsync() => _stub = await StubSource.StartAsync();

    public ValueTask DisposeAsync() => _stub.DisposeAsync();

    [Fact]
    public async Task A_sign_in_makes_its_five_requests_in_order()
    {
        await using var client = await ConnectAsync();

        Assert.Equal(
            [
                "/", LoginPath, "/accounts/api/connect/authorize", "/accounts/api/connect/authorize",
                "/accounts/api/connect/token", "/accounts/api/.well-known/openid-configuration/jwks",
            ],
            _stub.Requests);
    }

    [Theory]
    [InlineData(200, """{"status":"FAILED"}""", SourceErrors.SignInRejected)]
    [InlineData(200, """{}""", SourceErrors.SignInRejected)]
    [InlineData(401, "", SourceErrors.SignInRejected)]
    [InlineData(400, """{"message":"bad credentials"}""", SourceErrors.SignInRejected)]
    [InlineData(200, """{"status":"Max attempted logins exceeded"}""", SourceErrors.AccountLocked)]
    [InlineData(401, "Max attempted logins exceeded", SourceErrors.AccountLocked)]
    [InlineData(423, "", SourceErrors.AccountLocked)]
    [InlineData(403, "<html>", SourceErrors.FirewallRefused)]
    [InlineData(404, "", SourceErrors.EndpointGone)]
    [InlineData(429, "", SourceErrors.RateLimited)]
    [InlineData(500, "", SourceErrors.SignInFailed)]
    [InlineData(503, "", SourceErrors.SignInFailed)]
    [InlineData(200, "<html>maintenance</html>", SourceErrors.SignInFailed)]
    [InlineData(302, "", SourceErrors.SignInFailed)]
    public async Task The_password_is_sent_once_whatever_comes_back(int status, string body, string id)
    {
        _stub.Login = context => StubSource.JsonAsync(context, body, status);

        var problem = await Assert.ThrowsAsync<TandemException>(() => ConnectAsync());

        Assert.Equal(id, problem.ErrorId);
        Assert.Equal(1, _stub.Count(LoginPath));
        Assert.Equal(LoginPath, _stub.Requests.Last());
    }

    [Fact]
    public async Task A_broken_connection_while_the_password_is_sent_is_not_repeated()
    {
        _stub.Login = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        var problem = await Assert.ThrowsAsync<TandemException>(() => ConnectAsync());

        Assert.Contains("step 2 of 5", problem.Message, StringComparison.Ordinal);
        Assert.Equal(1, _stub.Count(LoginPath));
    }

    [Theory]
    [InlineData("US", "-Region EU")]
    [InlineData("EU", "-Region US")]
    public async Task A_rejection_points_at_the_other_region(string region, string hint)
    {
        _stub.Login = StubSource.Status(401);

        var problem = await Assert.ThrowsAsync<TandemException>(() => ConnectAsync(StubSource.Credential(region)));

        Assert.Contains(hint, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("login page", "step 1 of 5")]
    [InlineData("authorize", "step 3 of 5")]
    [InlineData("token", "step 4 of 5")]
    [InlineData("keys", "step 5 of 5")]
    public async Task Each_step_is_named_in_its_error(string broken, string step)
    {
        var failing = StubSource.Status(404);
        switch (broken)
        {
            case "login page": _stub.LoginPage = failing; break;
            case "authorize": _stub.Authorize = failing; break;
            case "token": _stub.Token = failing; break;
            default: _stub.Keys = failing; break;
        }

        var problem = await Assert.ThrowsAsync<TandemException>(() => ConnectAsync());

        Assert.Equal(SourceErrors.EndpointGone, problem.ErrorId);
        Assert.Contains(step, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_without_a_secret_are_repeated_when_the_server_stumbles()
    {
        _stub.LoginPage = StubSource.InTurn(StubSource.Status(503), _stub.LoginPage);
        _stub.Authorize = StubSource.InTurn(StubSource.Status(500), _stub.Authorize);
        _stub.Keys = StubSource.InTurn(StubSource.Status(502), _stub.Keys);

        await using var client = await ConnectAsync();

        Assert.Equal(1, _stub.Count(LoginPath));
    }

    [Theory]
    [InlineData("https://evil.example/auth/callback?code=x")]
    [InlineData("http://127.0.0.1:1/auth/callback?code=x")]
    [InlineData("https://sso.tandemdiabetes.com/auth/callback?code=x")]
    public async Task A_redirect_to_another_host_is_refused(string address)
    {
        _stub.Authorize = StubSource.RedirectTo(address);

        var problem = await Assert.ThrowsAsync<TandemException>(() => ConnectAsync());

        Assert.Equal(SourceErrors.RedirectRefused, problem.ErrorId);
        Assert.DoesNotContain("code=x", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_cookie_shows_the_login_page_again_and_says_so()
    {
        _stub.Login = context => StubSource.JsonAsync(context, """{"status":"SUCCESS"}""");

        var problem = await Assert.ThrowsAsync<TandemException>(() => ConnectAsync());

        Assert.Equal(SourceErrors.SignInFailed, problem.ErrorId);
        Assert.Contains("step 3 of 5", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_in_a_circle_end()
    {
        _stub.Authorize = StubSource.RedirectTo("/accounts/api/connect/authorize");

        var problem = await Assert.ThrowsAsync<TandemException>(() => ConnectAsync());

        Assert.Equal(SourceErrors.SignInFailed, problem.ErrorId);
    }

    [Theory]
    [InlineData("""{"error":"invalid_grant"}""", 400, "invalid_grant")]
    [InlineData("""{"access_token":"a"}""", 200, "no access token or no id token")]
    [InlineData("""<html>""", 200, "not a token response")]
    [InlineData("""null""", 200, "not a token response")]
    [InlineData("""{"access_token":"a\r\nX-Evil: 1","id_token":"b"}""", 200, "no access token or no id token")]
    [InlineData("""{"access_token":["a"],"id_token":{},"expires_in":"soon"}""", 200, "no access token or no id token")]
    public async Task A_token_answer_without_tokens_fails_its_step(string body, int status, string said)
    {
        _stub.Token = context => StubSource.JsonAsync(context, body, status);

        var problem = await Assert.ThrowsAsync<TandemException>(() => ConnectAsync());

        Assert.Equal(SourceErrors.SignInFailed, problem.ErrorId);
        Assert.Contains("step 4 of 5", problem.Message, StringComparison.Ordinal);
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Forgeries =>
        ["none", "HS256 with the public key", "other issuer", "other audience", "other key", "RS512", "no account", "altered", "rubbish"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_forged_id_token_is_refused(string forgery)
    {
        _stub.IdToken = stub => Forge(stub, forgery);

        var problem = await Assert.ThrowsAsync<TandemException>(() => ConnectAsync());

        Assert.Equal(SourceErrors.TokenInvalid, problem.ErrorId);
        Assert.Equal(0, _stub.Count("pumper"));
        Assert.DoesNotContain("eyJ", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-50)]
    [InlineData(50)]
    public async Task A_clock_that_is_50_seconds_off_does_no_harm(int seconds)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow.AddSeconds(seconds));

        await using var client = await ConnectAsync(options: _stub.Options() with { Time = time });

        Assert.NotNull(client.TokenExpires);
    }

    [Theory]
    [InlineData(-1, "behind")]
    [InlineData(1, "ahead")]
    public async Task A_clock_that_is_a_day_off_is_named_as_the_cause(int days, string direction)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(days));

        var problem = await Assert.ThrowsAsync<TandemException>(() => ConnectAsync(options: _stub.Options() with { Time = time }));

        Assert.Equal(SourceErrors.TokenInvalid, problem.ErrorId);
        Assert.Contains("clock is", problem.Message, StringComparison.Ordinal);
        Assert.Contains(direction, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_token_leads_to_one_new_sign_in_and_the_request_is_repeated()
    {
        await using var client = await ConnectAsync();
        _stub.RevokeTokens();

        using var page = await PageAsync(client);

        Assert.Equal(2, _stub.Count(LoginPath));
        Assert.Equal(2, _stub.Count("logs"));
    }

    [Fact]
    public async Task A_token_that_runs_out_is_replaced_before_the_request()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        _stub.IdToken = stub => stub.SignedToken(lifetime: TimeSpan.FromDays(2));
        await using var client = await ConnectAsync(options: _stub.Options() with { Time = time });
        time.Advance(TimeSpan.FromHours(8) - TimeSpan.FromSeconds(30));

        using var page = await PageAsync(client);

        Assert.Equal(2, _stub.Count(LoginPath));
        Assert.Equal(1, _stub.Count("logs"));
    }

    [Fact]
    public async Task A_server_that_refuses_every_token_is_not_stormed_with_sign_ins()
    {
        _stub.Logs = StubSource.Status(401);
        await using var client = await ConnectAsync();

        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await Assert.ThrowsAsync<TandemException>(() => PageAsync(client))).ErrorId);
        }

        Assert.All(ids, id => Assert.Equal(SourceErrors.TokenRefused, id));
        Assert.Equal(2, _stub.Count(LoginPath));
    }

    [Fact]
    public async Task A_password_that_was_rejected_in_mid_session_is_not_sent_again()
    {
        await using var client = await ConnectAsync();
        _stub.RevokeTokens();
        _stub.Login = StubSource.Status(401);

        for (var i = 0; i < 5; i++)
        {
            var problem = await Assert.ThrowsAsync<TandemException>(() => PageAsync(client));
            Assert.Equal(SourceErrors.SignInRejected, problem.ErrorId);
        }

        Assert.Equal(2, _stub.Count(LoginPath));
    }

    [Fact]
    public async Task After_a_failed_sign_in_the_session_tries_again_when_its_pause_is_over()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var client = await ConnectAsync(options: _stub.Options() with { Time = time });
        var login = _stub.Login;
        _stub.RevokeTokens();
        _stub.Login = StubSource.Status(500);
        await Assert.ThrowsAsync<TandemException>(() => PageAsync(client));
        await Assert.ThrowsAsync<TandemException>(() => PageAsync(client));
        _stub.Login = login;
        time.Advance(TimeSpan.FromSeconds(31));

        using var page = await PageAsync(client);

        Assert.Equal(3, _stub.Count(LoginPath));
    }

    [Fact]
    public async Task No_secret_and_nothing_personal_appears_in_any_message()
    {
        RequestDelegate[] loginAnswers =
        [
            StubSource.Status(401), StubSource.Status(500), StubSource.Status(403), Quote(200), Quote(400),
        ];
        RequestDelegate[] dataAnswers =
        [
            StubSource.Status(400), StubSource.Status(403), StubSource.Status(404), StubSource.Status(500), StubSource.Status(401),
            Quote(200), Quote(400), StubSource.RedirectTo($"https://evil.example/?{StubSource.Password}"),
        ];
        var said = new StringBuilder();
        foreach (var answer in loginAnswers)
        {
            await using var stub = await StubSource.StartAsync();
            stub.Login = answer;
            said.AppendLine(await FailAsync(stub));
        }

        foreach (var answer in dataAnswers)
        {
            await using var stub = await StubSource.StartAsync();
            stub.Pumper = answer;
            stub.Logs = answer;
            said.AppendLine(await FailAsync(stub));
            AssertSaysNothing(said.ToString(), stub);
        }

        foreach (var forgery in Forgeries)
        {
            await using var stub = await StubSource.StartAsync();
            stub.IdToken = own => Forge(own, forgery);
            said.AppendLine(await FailAsync(stub));
        }

        await using var good = await StubSource.StartAsync();
        good.RevokeTokens();
        said.AppendLine(await FailAsync(good, stopAfter: true));
        said.AppendJoin('\n', _observer.Lines);

        AssertSaysNothing(said.ToString(), good);
        Assert.Contains("-> 200", said.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("code_challenge", said.ToString(), StringComparison.Ordinal);
    }

    private static RequestDelegate Quote(int status) => context => StubSource.JsonAsync(
        context,
        $$"""{"message":"{{StubSource.FirstName}} {{StubSource.Password}} {{context.Request.Headers.Authorization}}","firstName":{{StubSource.FirstName}} """,
        status);

    private static void AssertSaysNothing(string said, StubSource stub)
    {
        string[] secrets =
        [
            StubSource.Password, StubSource.Email, StubSource.Cookie, StubSource.Code, StubSource.FirstName,
            StubSource.BirthDate, StubSource.PumperId, "access-Secret", "eyJ", .. stub.IssuedTokens,
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, said, StringComparison.OrdinalIgnoreCase));
    }

    private static string Forge(StubSource stub, string forgery)
    {
        var good = stub.SignedToken();
        var parts = good.Split('.');
        switch (forgery)
        {
            case "none":
                return $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.";
            case "HS256 with the public key":
                var key = new SymmetricSecurityKey(stub.Key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = stub.Key.KeyId };
                return stub.SignedToken(credentials: new SigningCredentials(key, SecurityAlgorithms.HmacSha256));
            case "other issuer":
                return stub.SignedToken(issuer: "https://evil.example/accounts/api");
            case "other audience":
                return stub.SignedToken(audience: SourceEndpoints.ForRegion(Regions.EU).ClientId);
            case "other key":
                var other = new RsaSecurityKey(RSA.Create(2048)) { KeyId = stub.Key.KeyId };
                return stub.SignedToken(credentials: new SigningCredentials(other, SecurityAlgorithms.RsaSha256));
            case "RS512":
                return stub.SignedToken(credentials: new SigningCredentials(stub.Key, SecurityAlgorithms.RsaSha512));
            case "no account":
                return stub.SignedToken(claims: new() { ["sub"] = "x" });
            case "altered":
                var payload = Base64UrlEncoder.Decode(parts[1]).Replace(StubSource.PumperId, "someone-else", StringComparison.Ordinal);
                return $"{parts[0]}.{Base64UrlEncoder.Encode(payload)}.{parts[2]}";
            default:
                return "eyJ-rubbish";
        }
    }

    private static Task<LogPage> PageAsync(TandemSourceClient client) =>
        client.GetLogPageAsync(StubSource.AssignmentId, Day, Day, CancellationToken.None);

    private async Task<string> FailAsync(StubSource stub, bool stopAfter = false)
    {
        var said = new StringBuilder();
        try
        {
            await using var client = await TandemSourceClient.ConnectAsync(
                stub.Options(), StubSource.Credential(), _observer, CancellationToken.None);
            said.AppendLine(client.ToString());
            foreach (var ask in new Func<Task>[] { () => client.GetAccountAsync(default), () => PageAsync(client) })
            {
                try
                {
                    await ask();
                }
                catch (TandemException problem)
                {
                    said.AppendLine(problem.ToString()).AppendLine(problem.Target?.ToString());
                }
            }
        }
        catch (TandemException problem) when (!stopAfter)
        {
            said.AppendLine(problem.ToString()).AppendLine(problem.Target?.ToString());
        }

        return said.ToString();
    }

    private Task<TandemSourceClient> ConnectAsync(SourceCredential? credential = null, SourceOptions? options = null) =>
        TandemSourceClient.ConnectAsync(
            options ?? _stub.Options(), credential ?? StubSource.Credential(), _observer, CancellationToken.None);
}
