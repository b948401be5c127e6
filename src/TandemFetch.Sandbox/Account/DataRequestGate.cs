using TandemFetch.Sandbox.Identity;

namespace TandemFetch.Sandbox.Account;

/// <summary>Checks that every data request must pass first: the firewall's rules, then the token.</summary>
internal static class DataRequestGate
{
    /// <summary>Responds and returns false if the request is rejected.</summary>
    public static async Task<bool> AdmitAsync(HttpContext context, IdentityStore identity)
    {
        var request = context.Request;
        var origin = SandboxServer.BaseOf(request);
        if (request.Headers.Origin != origin || request.Headers.Referer != origin + "/" || string.IsNullOrWhiteSpace(request.Headers.UserAgent))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync("<html><head><title>Request Rejected</title></head><body>The requested URL was rejected.</body></html>");
            return false;
        }

        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || !identity.IsTokenGood(authorization[7..].Trim()))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            await AnswerAsync(context, StatusCodes.Status401Unauthorized, "Unauthorized");
            return false;
        }

        return true;
    }

    public static Task AnswerAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new Dictionary<string, string> { ["message"] = message });
    }
}
