using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Source;

/// <summary>
/// The smallest server with which a sign-in and both data requests work; every step of it can be replaced. It really
/// checks the cookie, PKCE, the bearer token, <c>Origin</c> and <c>Referer</c>.
/// </summary>
internal sealed class StubSource : IAsyncDisposable
{
    public const string Email = "anna.secret@example.com";
    public const string Password = "pässword-Secret-1";
    public const string Cookie = "cookie-Secret-2";
    public const string Code = "code-Secret-3";
    public const string FirstName = "Annasecretname";
    public const string BirthDate = "1987-06-05";
    public const string PumperId = "7d9a3c52-8d0c-4f5b-9b52-0c9f5f6d1a11";
    public const string AssignmentId = "1b493210-0000-4000-8000-000000000001";
    public const string Page = """{"events":[{"sequenceNumber":1}],"clockChanges":[]}""";

    // One key for all stubs, because creating one takes longer than a whole test.
    private static readonly RSA Rsa = RSA.Create(2048);

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, bool> _tokens = new();
    private string? _challenge;
    private int _busy;

    private StubSource()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
        Key = new RsaSecurityKey(Rsa) { KeyId = "stub-key" };
        Login = LoginAsync;
        Authorize = AuthorizeAsync;
        Token = TokenAsync;
        Keys = KeysAsync;
        Pumper = context => JsonAsync(context, AccountJson);
        Logs = context => JsonAsync(context, Page);
    }

    public Uri Base { get; private set; } = null!;

    public RsaSecurityKey Key { get; }

    public ConcurrentQueue<string> Requests { get; } = new();

    public ConcurrentQueue<string> IssuedTokens { get; } = new();

    public int MostAtOnce { get; private set; }

    public RequestDelegate LoginPage { get; set; } = context => context.Response.WriteAsync("<html>sign in</html>");

    public RequestDelegate Login { get; set; }

    public RequestDelegate Authorize { get; set; }

    public RequestDelegate Token { get; set; }

    public RequestDelegate Keys { get; set; }

    public RequestDelegate Pumper { get; set; }

    public RequestDelegate Logs { get; set; }

    public Func<StubSource, string> IdToken { get; set; } = stub => stub.SignedToken();

    public int ExpiresIn { get; set; } = 28_800;

    public string AccountJson { get; set; } =
        $$$$"""
        {"firstName":"{{{{FirstName}}}}","dateOfBirth":"{{{{BirthDate}}}}","pumps":[
          {"assignmentId":"{{{{AssignmentId}}}}","serialNumber":"90556643","modelName":"t:slim X2","softwareVersion":"7.8.0.0",
           "algorithm":"Control-IQ","availableDataRange":{"start":"2021-05-06T12:31:19","end":"2022-02-16T22:45:58"},
           "maxDateOfEvents":"2022-02-17T01:02:03","lastUploadDate":"2022-09-20T05:50:12Z",
           "settings":{"settingsHash":"29ED","details":{"x":1}}}]}
        """;

    public string Issuer => $"{Base}accounts/api";

    public static async Task<StubSource> StartAsync()
    {
        var stub = new StubSource();
        await stub._app.StartAsync();
        var address = stub._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        stub.Base = new Uri(address + "/");
        return stub;
    }

    public static Task JsonAsync(HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    /// <summary>Returns the responses in turn, the last one forever.</summary>
    public static RequestDelegate InTurn(params RequestDelegate[] answers)
    {
        var next = -1;
        return context => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)](context);
    }

    public static RequestDelegate Status(int status, string? retryAfter = null) => context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        return context.Response.WriteAsync($"{FirstName} {Password}");
    };

    public static RequestDelegate RedirectTo(string address) => context =>
    {
        context.Response.Redirect(address);
        return Task.CompletedTask;
    };

    public int Count(string path) => Requests.Count(request => request == path);

    public void RevokeTokens() => _tokens.Clear();

    public SourceOptions Options() => new()
    {
        Endpoint = Base,
        EventCodes = [229, 5, 28],
        BaseDelay = TimeSpan.FromMilliseconds(1),
        MaxDelay = TimeSpan.FromMilliseconds(5),
        MaxRetryAfter = TimeSpan.FromMilliseconds(5),
    };

    public static SourceCredential Credential(string region = "US") => new(Email, () => Password, Regions.Of(region));

    public string SignedToken(
        string? issuer = null,
        string? audience = null,
        DateTimeOffset? issued = null,
        TimeSpan? lifetime = null,
        SigningCredentials? credentials = null,
        Dictionary<string, object>? claims = null)
    {
        var start = issued ?? DateTimeOffset.UtcNow;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Issuer,
            Audience = audience ?? SourceEndpoints.ForRegion(Regions.US).ClientId,
            IssuedAt = start.UtcDateTime,
            NotBefore = start.UtcDateTime,
            Expires = (start + (lifetime ?? TimeSpan.FromHours(1))).UtcDateTime,
            Claims = claims ?? new() { ["pumperId"] = PumperId, ["accountId"] = "acc-1" },
            SigningCredentials = credentials ?? new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
        });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        lock (_tokens)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _busy));
        }

        try
        {
            var path = context.Request.Path.Value!;
            var name = path.StartsWith("/api/reports/bff/pump-logs/", StringComparison.Ordinal) ? "logs"
                : path.StartsWith("/api/reports/bff/pumper/", StringComparison.Ordinal) ? "pumper"
                : path;
            Requests.Enqueue(name);
            await (name switch
            {
                "/" => LoginPage,
                "/accounts/api/login" => Login,
                "/accounts/api/connect/authorize" => Authorize,
                "/accounts/api/connect/token" => Token,
                "/accounts/api/.well-known/openid-configuration/jwks" => Keys,
                "logs" => Guarded(Logs),
                "pumper" => Guarded(Pumper),
                _ => Status(404),
            })(context);
        }
        finally
        {
            Interlocked.Decrement(ref _busy);
        }
    }

    private async Task LoginAsync(HttpContext context)
    {
        var login = await context.Request.ReadFromJsonAsync<Dictionary<string, string>>();
        if (login!["username"] != Email || login["password"] != Password || context.Request.Headers.Referer != Base.AbsoluteUri)
        {
            await JsonAsync(context, """{"status":"FAILED"}""", 401);
            return;
        }

        context.Response.Cookies.Append("session", Cookie);
        await JsonAsync(context, """{"redirectUrl":"/","status":"SUCCESS"}""");
    }

    private Task AuthorizeAsync(HttpContext context)
    {
        if (context.Request.Cookies["session"] != Cookie)
        {
            context.Response.Redirect("/");
            return Task.CompletedTask;
        }

        // One redirect first, as the real server may send.
        if (!context.Request.Query.ContainsKey("again"))
        {
            context.Response.Redirect($"{context.Request.Path}{context.Request.QueryString}&again=1");
            return Task.CompletedTask;
        }

        _challenge = context.Request.Query["code_challenge"];
        context.Response.Redirect($"{context.Request.Query["redirect_uri"]}?code={Code}&session_state=x");
        return Task.CompletedTask;
    }

    private async Task TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()));
        var isRight = Base64UrlEncoder.Encode(hash) == _challenge
            && form["code"] == Code
            && form["grant_type"] == "authorization_code"
            && form["client_id"] == SourceEndpoints.ForRegion(Regions.US).ClientId
            && form.All(field => field.Value.Count == 1);
        if (!isRight)
        {
            await JsonAsync(context, """{"error":"invalid_grant"}""", 400);
            return;
        }

        var token = $"access-Secret-{Guid.NewGuid():N}";
        _tokens[token] = true;
        IssuedTokens.Enqueue(token);
        await context.Response.WriteAsJsonAsync(new Dictionary<string, object>
        {
            ["id_token"] = IdToken(this),
            ["access_token"] = token,
            ["expires_in"] = ExpiresIn,
            ["token_type"] = "Bearer",
        });
    }

    private Task KeysAsync(HttpContext context)
    {
        var parameters = Rsa.ExportParameters(false);
        return context.Response.WriteAsJsonAsync(new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA",
                    use = "sig",
                    kid = Key.KeyId,
                    alg = "RS256",
                    n = Base64UrlEncoder.Encode(parameters.Modulus!),
                    e = Base64UrlEncoder.Encode(parameters.Exponent!),
                },
            },
        });
    }

    private RequestDelegate Guarded(RequestDelegate answer) => context =>
    {
        var headers = context.Request.Headers;
        if (headers.Origin != Base.GetLeftPart(UriPartial.Authority) || headers.Referer != Base.AbsoluteUri)
        {
            return Status(403)(context);
        }

        return _tokens.ContainsKey(headers.Authorization.ToString().Replace("Bearer ", string.Empty, StringComparison.Ordinal))
            ? answer(context)
            : Status(401)(context);
    };
}
