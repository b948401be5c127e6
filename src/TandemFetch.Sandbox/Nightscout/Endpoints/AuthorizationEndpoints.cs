using System.Text.Json.Nodes;
using TandemFetch.Sandbox.Nightscout.Access;

namespace TandemFetch.Sandbox.Nightscout.Endpoints;

/// <summary>What a client may do, and JWTs for access tokens.</summary>
internal sealed class AuthorizationEndpoints(AccessControl access, NightscoutOptions options)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/verifyauth", VerifyAsync);
        routes.MapGet("/api/v2/verifyauth", VerifyAsync);
        routes.MapGet("/api/v2/authorization/request/{token}", ExchangeAsync);
    }

    /// <summary>The status is 200 whatever the result; only the message says what it is.</summary>
    private async Task VerifyAsync(HttpContext context)
    {
        var decision = await access.DecideAsync(context);
        var canRead = decision.Allows("*:*:read");
        await Responses.SendStatusAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["canRead"] = canRead,
            ["canWrite"] = decision.Allows("*:*:write"),
            ["isAdmin"] = decision.Allows("*:*:admin"),
            ["message"] = canRead && !decision.IsDefault ? "OK" : "UNAUTHORIZED",
            ["rolefound"] = decision.Subject is null ? "NOTFOUND" : "FOUND",
            ["permissions"] = decision.IsDefault ? "DEFAULT" : "ROLE",
        });
    }

    private async Task ExchangeAsync(HttpContext context)
    {
        var subject = await access.FindSubjectAsync((string)context.Request.RouteValues["token"]!);
        if (subject is null)
        {
            await Responses.SendStatusAsync(
                context, StatusCodes.Status401Unauthorized, "Unauthorized", "Invalid/Missing");
            return;
        }

        var (token, issued, expires) = access.Tokens.Issue(subject.TokenFor(options.ApiSecret));
        var groups = access.PermissionGroups(subject)
            .Select(group => (JsonNode)new JsonArray([.. group.Select(permission => (JsonNode)permission)]));
        await Responses.SendAsync(context, new JsonObject
        {
            ["token"] = token,
            ["sub"] = subject.Name,
            ["permissionGroups"] = new JsonArray([.. groups]),
            ["iat"] = issued.ToUnixTimeSeconds(),
            ["exp"] = expires.ToUnixTimeSeconds(),
        });
    }
}
