using TandemFetch.Sandbox.Nightscout.Access;
using TandemFetch.Sandbox.Nightscout.Documents;
using TandemFetch.Sandbox.Nightscout.Queries;

namespace TandemFetch.Sandbox.Nightscout.Endpoints;

/// <summary>Lets a request through that has all permissions, and turns what goes wrong into a response.</summary>
internal sealed class Guard(AccessControl access)
{
    public RequestDelegate For(Func<HttpContext, Task> handle, params string[] permissions) => context =>
        TryAsync(context, async () =>
        {
            await DemandAsync(context, permissions);
            await handle(context);
        });

    /// <summary>All permissions are checked in their order, reading first.</summary>
    public async Task DemandAsync(HttpContext context, params string[] permissions)
    {
        var decision = await access.DecideAsync(context);
        if (!permissions.All(decision.Allows))
        {
            throw new RefusedException(StatusCodes.Status401Unauthorized, "Unauthorized", "Invalid/Missing");
        }
    }

    public static async Task TryAsync(HttpContext context, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (RefusedException e)
        {
            await Responses.SendStatusAsync(context, e.Status, e.Message, e.Description);
        }
        catch (Exception e) when (e is BulkWriteException or QueryException)
        {
            await Responses.SendStatusAsync(
                context, StatusCodes.Status500InternalServerError, "Mongo Error", e.Message);
        }
    }
}
