using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TandemFetch.Sandbox;
using TandemFetch.Sandbox.Identity;

namespace TandemFetch.Engine.Tests.Sandbox;

public sealed class SignInTests
{
    private static readonly SandboxOptions Small = new() { Days = 1, Sparse = true };

    [Theory]
    [InlineData(IndependentClient.UsClientId, "/auth/callback")]
    [InlineData(IndependentClient.EuClientId, "/authorize/callback")]
    public async Task Both_regions_clients_sign_in(string clientId, string callback)
    {
        await using var sandbox = await SandboxServer.StartAsync(Small);
        using var client = new IndependentClient(sandbox.BaseAddress) { ClientId = clientId };
        client.RedirectUri = client.Base + callback;

        await client.SignInAsync();

        var claims = IndependentClient.PayloadOf(client.IdToken);
        Assert.Equal(clientId, claims["aud"]!.GetValue<string>());
        Assert.Equal(client.Base + "/accounts/api", claims["iss"]!.GetValue<string>());
        Assert.Equal(sandbox.Account.AccountId, claims["accountId"]!.GetValue<string>());
        Assert.True(Guid.TryParse(claims["pumperId"]!.GetValue<string>(), out _));
    }

    [Fact]
    public async Task The_real_redirect_uri_is_redirected_to_exactly()
    {
        await using var sandbox = await SandboxServer.StartAsync(Small);
        using var client = new IndependentClient(sandbox.BaseAddress) { RedirectUri = "https://sso.tandemdiabetes.com/auth/callback" };

        await client.SignInAsync();

        Assert.NotEmpty(client.PumperId);
    }

    [Fact]
    public async Task The_id_token_verifies_with_the_published_key()
    {
        await using var sandbox = await SandboxServer.StartAsync(Small);
        using var client = new IndependentClient(sandbox.BaseAddress);
        await client.SignInAsync();
        using var answer = await client.GetAsync(client.Base + "/accounts/api/.well-known/openid-configuration/jwks");
        var key = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["keys"]![0]!;
        using var rsa = RSA.Create(new RSAParameters { Modulus = Bytes(key["n"]!.GetValue<string>()), Exponent = Bytes(key["e"]!.GetValue<string>()) });

        var parts = client.IdToken.Split('.');

        Assert.True(rsa.VerifyData(
            Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]), Bytes(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.Equal("RS256", key["alg"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_wrong_password_is_rejected_and_five_lock_the_account()
    {
        await using var sandbox = await SandboxServer.StartAsync(Small);
        using var client = new IndependentClient(sandbox.BaseAddress);
        for (var i = 0; i < 5; i++)
        {
            using var rejected = await client.LoginAsync("sandbox@example.com", "wrong");
            Assert.NotEqual(HttpStatusCode.OK, rejected.StatusCode);
        }

        using var locked = await client.LoginAsync("sandbox@example.com", "sandbox");

        Assert.Contains("Max attempted logins exceeded", await locked.Content.ReadAsStringAsync());
        Assert.True(sandbox.Identity.IsLocked);
        Assert.Equal(6, sandbox.Requests.SignIns);
    }

    [Fact]
    public async Task Another_address_is_rejected()
    {
        await using var sandbox = await SandboxServer.StartAsync(Small);
        using var client = new IndependentClient(sandbox.BaseAddress);

        using var answer = await client.LoginAsync("someone@example.com", "sandbox");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_login_from_another_page_is_refused()
    {
        await using var sandbox = await SandboxServer.StartAsync(Small);
        using var client = new IndependentClient(sandbox.BaseAddress);

        using var answer = await client.LoginAsync("sandbox@example.com", "sandbox", referer: "https://example.com/");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Without_the_session_cookie_there_is_no_code()
    {
        await using var sandbox = await SandboxServer.StartAsync(Small);
        using var client = new IndependentClient(sandbox.BaseAddress);
        await client.VisitAsync();

        Assert.Null(await client.AuthorizeAsync());
    }

    [Fact]
    public async Task A_wrong_verifier_is_refused()
    {
        await using var sandbox = await SandboxServer.StartAsync(Small);
        using var client = new IndependentClient(sandbox.BaseAddress);
        using var login = await client.LoginAsync("sandbox@example.com", "sandbox");
        var code = await client.AuthorizeAsync();

        using var answer = await client.TokenAsync(code!, verifier: new string('x', 64));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("invalid_grant", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        await using var sandbox = await SandboxServer.StartAsync(Small);
        using var client = new IndependentClient(sandbox.BaseAddress);
        using var login = await client.LoginAsync("sandbox@example.com", "sandbox");
        var code = await client.AuthorizeAsync();
        using var first = await client.TokenAsync(code!);

        using var second = await client.TokenAsync(code!);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
    }

    [Theory]
    [InlineData("https://example.com/callback")]
    [InlineData("https://source.eu.tandemdiabetes.com/authorize/callback")]
    public async Task A_redirect_uri_of_another_is_refused(string redirectUri)
    {
        await using var sandbox = await SandboxServer.StartAsync(Small);
        using var client = new IndependentClient(sandbox.BaseAddress) { RedirectUri = redirectUri };
        using var login = await client.LoginAsync("sandbox@example.com", "sandbox");

        using var answer = await client.GetAsync(client.AuthorizeAddress());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_token_request_must_repeat_redirect_uri_and_client()
    {
        await using var sandbox = await SandboxServer.StartAsync(Small);
        using var client = new IndependentClient(sandbox.BaseAddress);
        using var login = await client.LoginAsync("sandbox@example.com", "sandbox");
        var (one, two) = (await client.AuthorizeAsync(), await client.AuthorizeAsync());

        using var otherRedirect = await client.TokenAsync(one!, redirectUri: client.Base + "/authorize/callback");
        using var otherClient = await client.TokenAsync(two!, clientId: IndependentClient.EuClientId);

        Assert.Equal(HttpStatusCode.BadRequest, otherRedirect.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, otherClient.StatusCode);
    }

    [Fact]
    public async Task An_unknown_client_and_a_missing_challenge_are_refused()
    {
        await using var sandbox = await SandboxServer.StartAsync(Small);
        using var client = new IndependentClient(sandbox.BaseAddress);
        using var login = await client.LoginAsync("sandbox@example.com", "sandbox");

        using var unknown = await client.GetAsync(client.AuthorizeAddress().Replace(IndependentClient.UsClientId, "nobody"));
        using var bare = await client.GetAsync(client.AuthorizeAddress(challenge: ""));

        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
    }

    [Theory]
    [InlineData(IdTokenFlaw.Unsigned, "none")]
    [InlineData(IdTokenFlaw.HmacSigned, "HS256")]
    [InlineData(IdTokenFlaw.ForeignKey, "RS256")]
    public async Task Flawed_id_tokens_are_issued_on_request(IdTokenFlaw flaw, string algorithm)
    {
        await using var sandbox = await SandboxServer.StartAsync(Small);
        sandbox.Identity.IdTokenFlaw = flaw;
        using var client = new IndependentClient(sandbox.BaseAddress);

        await client.SignInAsync();

        var header = JsonNode.Parse(Bytes(client.IdToken.Split('.')[0]))!;
        Assert.Equal(algorithm, header["alg"]!.GetValue<string>());
    }

    private static byte[] Bytes(string base64Url)
    {
        var text = base64Url.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
    }
}
