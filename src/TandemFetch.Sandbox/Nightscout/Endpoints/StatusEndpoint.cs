using System.Text.Json.Nodes;
using TandemFetch.Sandbox.Nightscout.Documents;

namespace TandemFetch.Sandbox.Nightscout.Endpoints;

/// <summary>The server's name, version and settings.</summary>
internal sealed class StatusEndpoint(Guard guard, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var handler = guard.For(SendAsync, "api:status:read");
        routes.MapGet("/api/v1/status", handler);
        routes.MapGet("/api/v2/status", handler);
    }

    private Task SendAsync(HttpContext context)
    {
        if (!Responses.WantsJson(context))
        {
            return Responses.SendTextAsync(context, "<h1>STATUS OK</h1>", "text/html");
        }

        var now = Moment.Of(time.GetUtcNow());
        return Responses.SendAsync(context, new JsonObject
        {
            ["status"] = "ok",
            ["name"] = "nightscout",
            ["version"] = "15.0.7",
            ["serverTime"] = now.Iso,
            ["serverTimeEpoch"] = now.Milliseconds,
            ["apiEnabled"] = true,
            ["careportalEnabled"] = false,
            ["boluscalcEnabled"] = false,
            ["settings"] = new JsonObject { ["units"] = "mg/dl", ["timeFormat"] = 12, ["theme"] = "colors" },
            ["extendedSettings"] = new JsonObject(),
            ["authorized"] = null,
            ["runtimeState"] = "loaded",
        });
    }
}
