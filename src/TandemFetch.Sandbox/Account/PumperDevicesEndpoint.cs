using System.Globalization;
using System.Text.Json.Nodes;
using TandemFetch.Sandbox.Identity;

namespace TandemFetch.Sandbox.Account;

/// <summary>
/// <c>GET api/pumpers/pumpers/{pumperId}</c>: the person and their devices, which some clients use to find the keys of
/// the logs. Only what those clients read of its form is known.
/// </summary>
internal sealed class PumperDevicesEndpoint(IdentityStore identity, SandboxAccount account)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/pumpers/pumpers/{pumperId}", GetAsync);

    private async Task GetAsync(HttpContext context)
    {
        if (!await DataRequestGate.AdmitAsync(context, identity))
        {
            return;
        }

        var asked = (string?)context.Request.RouteValues["pumperId"];
        if (!string.Equals(asked, account.PumperId, StringComparison.OrdinalIgnoreCase))
        {
            await DataRequestGate.AnswerAsync(context, StatusCodes.Status404NotFound, "Pumper not found.");
            return;
        }

        account.BringUpToNow();
        var answer = new JsonObject
        {
            ["pumperId"] = account.PumperId,
            ["firstName"] = SandboxPerson.FirstName,
            ["lastName"] = SandboxPerson.LastName,
            ["devices"] = new JsonArray([.. account.Pumps.Select(pump => new JsonObject
            {
                ["assignmentId"] = pump.AssignmentId,
                ["serialNumber"] = pump.SerialNumber,
                ["modelNumber"] = pump.ModelNumber,
                ["lastUpload"] = pump.LastUpload?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            })]),
        };
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(answer.ToJsonString());
    }
}
