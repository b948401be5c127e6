using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TandemFetch.Engine.Tests.Sandbox;

/// <summary>
/// A client of Tandem Source that shares no code with this project: only <see cref="HttpClient"/> and the published
/// facts. Its requests can be changed before they are sent.
/// </summary>
internal sealed class IndependentClient : IDisposable
{
    public const string UsClientId = "0oa4wnbvtladeyVZX4h7";
    public const string EuClientId = "1519e414-eeec-492e-8c5e-97bea4815a10";

    private readonly HttpClient _browser;
    private readonly HttpClient _data;

    public IndependentClient(Uri baseAddress)
    {
        Base = baseAddress.GetLeftPart(UriPartial.Authority);
        _browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies });
        _data = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
        RedirectUri = Base + "/auth/callback";
        Origin = Base;
        Referer = Base + "/";
    }

    public string Base { get; }

    public CookieContainer Cookies { get; } = new();

    public string ClientId { get; set; } = UsClientId;

    public string RedirectUri { get; set; }

    public string Verifier { get; set; } = Base64Url(RandomNumberGenerator.GetBytes(48));

    public string? Origin { get; set; }

    public string? Referer { get; set; }

    public string? UserAgent { get; set; } = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36";

    public string? AccessToken { get; set; }

    public string PumperId { get; private set; } = "";

    public string IdToken { get; private set; } = "";

    public static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static JsonNode PayloadOf(string jwt)
    {
        var part = jwt.Split('.')[1].Replace('-', '+').Replace('_', '/');
        return JsonNode.Parse(Convert.FromBase64String(part.PadRight((part.Length + 3) / 4 * 4, '=')))!;
    }

    public async Task<IndependentClient> SignInAsync()
    {
        await VisitAsync();
        using var login = await LoginAsync("sandbox@example.com", "sandbox");
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        var code = await AuthorizeAsync();
        using var answer = await TokenAsync(code!);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await KeepAsync(answer);
        return this;
    }

    public async Task VisitAsync()
    {
        using var page = await _browser.GetAsync(Base + "/");
        page.EnsureSuccessStatusCode();
    }

    public Task<HttpResponseMessage> LoginAsync(string email, string password, string? referer = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Base + "/accounts/api/login")
        {
            Content = JsonContent.Create(new { username = email, password }),
        };
        request.Headers.Add("Referer", referer ?? (Base + "/"));
        return _browser.SendAsync(request);
    }

    public string AuthorizeAddress(string? challenge = null) =>
        $"{Base}/accounts/api/connect/authorize?client_id={ClientId}&response_type=code&scope=openid%20profile%20email"
        + $"&redirect_uri={Uri.EscapeDataString(RedirectUri)}"
        + $"&code_challenge={challenge ?? Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)))}&code_challenge_method=S256";

    public Task<HttpResponseMessage> GetAsync(string address) => _browser.GetAsync(address);

    /// <summary>Follows redirects until the redirect URI is reached; null if they lead elsewhere.</summary>
    public async Task<string?> AuthorizeAsync()
    {
        var address = new Uri(AuthorizeAddress());
        for (var hop = 0; hop < 10; hop++)
        {
            using var answer = await _browser.GetAsync(address);
            if (answer.Headers.Location is null)
            {
                return null;
            }

            address = new Uri(address, answer.Headers.Location);
            if (address.AbsoluteUri.StartsWith(RedirectUri, StringComparison.Ordinal))
            {
                return address.Query.TrimStart('?').Split('&').Select(p => p.Split('=')).FirstOrDefault(p => p[0] == "code")?[1];
            }
        }

        return null;
    }

    public Task<HttpResponseMessage> TokenAsync(string code, string? verifier = null, string? redirectUri = null, string? clientId = null) =>
        _browser.PostAsync(
            Base + "/accounts/api/connect/token",
            new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["client_id"] = clientId ?? ClientId,
                ["code"] = code,
                ["redirect_uri"] = redirectUri ?? RedirectUri,
                ["code_verifier"] = verifier ?? Verifier,
            }));

    public Task<HttpResponseMessage> DataAsync(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Base + path);
        Add(request, "Authorization", AccessToken is null ? null : "Bearer " + AccessToken);
        Add(request, "Origin", Origin);
        Add(request, "Referer", Referer);
        Add(request, "User-Agent", UserAgent);
        return _data.SendAsync(request);
    }

    public async Task<JsonNode> PumperAsync()
    {
        using var answer = await DataAsync($"/api/reports/bff/pumper/{PumperId}");
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    public string LogPath(string assignmentId, string first, string last, string more = "") =>
        $"/api/reports/bff/pump-logs/{assignmentId}?pumperId={PumperId}&startDate={first}T00:00:00Z&endDate={last}T23:59:59Z{more}";

    public async Task<JsonDocument> LogAsync(string assignmentId, DateOnly first, DateOnly last)
    {
        using var answer = await DataAsync(LogPath(assignmentId, $"{first:yyyy-MM-dd}", $"{last:yyyy-MM-dd}"));
        answer.EnsureSuccessStatusCode();
        return await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
    }

    public void Dispose()
    {
        _browser.Dispose();
        _data.Dispose();
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private async Task KeepAsync(HttpResponseMessage answer)
    {
        var tokens = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        AccessToken = tokens["access_token"]!.GetValue<string>();
        IdToken = tokens["id_token"]!.GetValue<string>();
        PumperId = PayloadOf(IdToken)["pumperId"]!.GetValue<string>();
    }
}
