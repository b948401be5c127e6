using System.Text.Json.Nodes;
using TandemFetch.Sandbox.Nightscout.Access;

namespace TandemFetch.Sandbox.Nightscout.Endpoints;

/// <summary>
/// API v3 as far as it refuses: anything but a JWT is 401, and a POST of an array is 400. The rest is not there (404).
/// </summary>
internal sealed class RefusingEndpoints(AccessControl access)
{
    private const int LargestBody = 50 * 1024 * 1024;

    public void Map(IEndpointRouteBuilder routes) => routes.Map("/api/v3/{**path}", context =>
        Guard.TryAsync(context, () => RefuseAsync(context)));

    private async Task RefuseAsync(HttpContext context)
    {
        var body = HttpMethods.IsPost(context.Request.Method) ? await BodyReader.ReadAsync(context, LargestBody) : null;
        var decision = await access.DecideByJwtAsync(context);
        if (decision.IsFailure)
        {
            throw new RefusedException(StatusCodes.Status401Unauthorized, "Missing or bad access token or JWT");
        }

        throw body is JsonArray
            ? new RefusedException(StatusCodes.Status400BadRequest, "Bad or missing request body")
            : new RefusedException(StatusCodes.Status404NotFound, "Bad operation or collection");
    }
}
