using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using TandemFetch.Sandbox.Account;
using TandemFetch.Sandbox.Faults;

namespace TandemFetch.Sandbox.Identity;

/// <summary>The login page and the identity provider: authorization code with PKCE, really verified.</summary>
internal sealed class IdentityEndpoints(IdentityStore identity, SandboxAccount account, SandboxOptions options)
{
    private const string Accounts = "/accounts/api";
    private const string VisitCookie = "tdc_visit";
    private const string SessionCookie = "tdc_session";
    private const string TicketPath = Accounts + "/connect/authorize/callback";

    private readonly Dictionary<string, AuthorizationGrant> _tickets = [];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", ShowLoginPageAsync);
        routes.MapPost(Accounts + "/login", LoginAsync);
        routes.MapGet(Accounts + "/connect/authorize", AuthorizeAsync);
        routes.MapGet(TicketPath, CallBackAsync);
        routes.MapPost(Accounts + "/connect/token", TokenAsync);
        routes.MapGet(Accounts + "/.well-known/openid-configuration", ConfigurationAsync);
        routes.MapGet(Accounts + "/.well-known/openid-configuration/jwks", context => context.Response.WriteAsJsonAsync(IdTokens.KeySet));
        routes.MapGet("/auth/callback", ShowCallbackPageAsync);
        routes.MapGet("/authorize/callback", ShowCallbackPageAsync);
    }

    private static CookieOptions Cookie => new() { HttpOnly = true, Path = "/", SameSite = SameSiteMode.Lax };

    private static Task ShowLoginPageAsync(HttpContext context)
    {
        context.Response.Cookies.Append(VisitCookie, Guid.NewGuid().ToString("N"), Cookie);
        return HtmlAsync(context, StatusCodes.Status200OK, "Sign in to the sandbox");
    }

    private static Task ShowCallbackPageAsync(HttpContext context) => HtmlAsync(context, StatusCodes.Status200OK, "Signed in");

    private static Task HtmlAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync($"<!DOCTYPE html><html><head><title>{text}</title></head><body><h1>{text}</h1></body></html>");
    }

    private static Task FailAsync(HttpContext context, string error, string description)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsJsonAsync(new { error, error_description = description });
    }

    private async Task LoginAsync(HttpContext context)
    {
        var fired = FiredFaults.Of(context);
        var home = SandboxServer.BaseOf(context.Request);
        if (context.Request.Headers.Referer.ToString().TrimEnd('/') != home)
        {
            await HtmlAsync(context, StatusCodes.Status403Forbidden, "Request Rejected");
            return;
        }

        string? email, password;
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            email = body.RootElement.GetProperty("username").GetString();
            password = body.RootElement.GetProperty("password").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsJsonAsync(new { status = "ERROR", message = "username and password are required" });
            return;
        }

        if (fired.LockAccount)
        {
            identity.Lock();
        }

        var session = string.Empty;
        var outcome = fired.RejectPassword ? identity.Reject() : identity.SignIn(email, password, out session);
        switch (outcome)
        {
            case SignInOutcome.Success:
                context.Response.Cookies.Append(SessionCookie, session, Cookie);
                await context.Response.WriteAsJsonAsync(new { redirectUrl = "/", status = "SUCCESS" });
                return;
            case SignInOutcome.Locked:
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                await context.Response.WriteAsJsonAsync(new { status = "LOCKED_OUT", message = "Max attempted logins exceeded" });
                return;
            default:
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                await context.Response.WriteAsJsonAsync(new { status = "ERROR", message = "Invalid username or password" });
                return;
        }
    }

    private async Task AuthorizeAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var home = SandboxServer.BaseOf(context.Request);
        var client = TandemClient.All.FirstOrDefault(c => c.Id == query["client_id"]);
        if (client is null)
        {
            await FailAsync(context, "unauthorized_client", "Unknown client_id");
            return;
        }

        var redirectUri = query["redirect_uri"].ToString();
        if (!client.Accepts(redirectUri, home))
        {
            await FailAsync(context, "invalid_request", "Invalid redirect_uri");
            return;
        }

        var scope = query["scope"].ToString();
        var challenge = query["code_challenge"].ToString();
        if (query["response_type"] != "code" || !scope.Split(' ').Contains("openid"))
        {
            await FailAsync(context, "invalid_request", "response_type must be code, scope must have openid");
            return;
        }

        if (query["code_challenge_method"] != "S256" || challenge.Length != 43)
        {
            await FailAsync(context, "invalid_request", "A code challenge of method S256 is required");
            return;
        }

        // The hosts of another region do not know this account. Here both regions have the same address, so it is
        // detected only now.
        var isElsewhere = options.Region is { } region && client.Region != region;
        if (isElsewhere || !identity.IsSession(context.Request.Cookies[SessionCookie]))
        {
            // Like the real one: back to the login page, without a code in the final address.
            context.Response.Redirect("/?ReturnUrl=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString));
            return;
        }

        var ticket = Guid.NewGuid().ToString("N");
        lock (_tickets)
        {
            _tickets[ticket] = new AuthorizationGrant(
                client.Id, redirectUri, challenge, query["state"], query["nonce"], scope, identity.Now.AddMinutes(5));
        }

        context.Response.Redirect($"{TicketPath}?ticket={ticket}");
    }

    private async Task CallBackAsync(HttpContext context)
    {
        AuthorizationGrant? grant;
        lock (_tickets)
        {
            _tickets.Remove(context.Request.Query["ticket"].ToString(), out grant);
        }

        if (grant is null || !identity.IsSession(context.Request.Cookies[SessionCookie]))
        {
            await FailAsync(context, "access_denied", "Sign in first");
            return;
        }

        var address = new StringBuilder(grant.RedirectUri)
            .Append("?code=").Append(identity.Grant(grant))
            .Append("&scope=").Append(Uri.EscapeDataString(grant.Scope))
            .Append("&iss=").Append(Uri.EscapeDataString(SandboxServer.BaseOf(context.Request) + Accounts));
        if (grant.State is not null)
        {
            address.Append("&state=").Append(Uri.EscapeDataString(grant.State));
        }

        context.Response.Redirect(address.ToString());
    }

    private async Task TokenAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            await FailAsync(context, "invalid_request", "A form is expected");
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["grant_type"] != "authorization_code")
        {
            await FailAsync(context, "unsupported_grant_type", "Only authorization_code");
            return;
        }

        var grant = identity.Redeem(form["code"].ToString());
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (grant is null || grant.ClientId != form["client_id"] || grant.RedirectUri != form["redirect_uri"] || grant.CodeChallenge != challenge)
        {
            await FailAsync(context, "invalid_grant", "The code is not good for this request");
            return;
        }

        var issuer = SandboxServer.BaseOf(context.Request) + Accounts;
        var claims = new Dictionary<string, object>
        {
            ["sub"] = account.AccountId,
            ["pumperId"] = account.PumperId,
            ["accountId"] = account.AccountId,
            ["email"] = SandboxOptions.Email,
        };
        if (grant.Nonce is not null)
        {
            claims["nonce"] = grant.Nonce;
        }

        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(new
        {
            id_token = IdTokens.Issue(issuer, grant.ClientId, identity.Now, claims, identity.IdTokenFlaw),
            access_token = identity.IssueAccessToken(),
            expires_in = (int)identity.AccessTokenLifetime.TotalSeconds,
            token_type = "Bearer",
            scope = grant.Scope,
        });
    }

    private Task ConfigurationAsync(HttpContext context)
    {
        var issuer = SandboxServer.BaseOf(context.Request) + Accounts;
        return context.Response.WriteAsJsonAsync(new
        {
            issuer,
            jwks_uri = issuer + "/.well-known/openid-configuration/jwks",
            authorization_endpoint = issuer + "/connect/authorize",
            token_endpoint = issuer + "/connect/token",
            scopes_supported = new[] { "openid", "profile", "email" },
            response_types_supported = new[] { "code" },
            grant_types_supported = new[] { "authorization_code" },
            subject_types_supported = new[] { "public" },
            id_token_signing_alg_values_supported = new[] { "RS256" },
            code_challenge_methods_supported = new[] { "S256" },
        });
    }
}
