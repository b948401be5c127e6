using System.Text.Json;
using System.Text.Json.Serialization;
using TandemFetch.Sandbox.Account;
using TandemFetch.Sandbox.Identity;

namespace TandemFetch.Sandbox.Faults;

/// <summary>The paths under <c>/sandbox</c> with which tests in another process control the sandbox.</summary>
internal sealed class ControlEndpoints(IdentityStore identity, SandboxAccount account, FaultBoard faults, RequestLedger ledger)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sandbox/faults", AddFaultsAsync);
        routes.MapDelete("/sandbox/faults", context => Done(context, faults.Clear));
        routes.MapPost("/sandbox/revoke-tokens", context => Done(context, identity.RevokeTokens));
        routes.MapPost("/sandbox/unlock", context => Done(context, identity.Unlock));
        routes.MapPost("/sandbox/clock-skew", SetClockSkewAsync);
        routes.MapPost("/sandbox/advance", AdvanceAsync);
        routes.MapGet("/sandbox/requests", ShowRequestsAsync);
        routes.MapDelete("/sandbox/requests", context => Done(context, ledger.Clear));
    }

    private static Task Done(HttpContext context, Action action)
    {
        action();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext context, string message) =>
        DataRequestGate.AnswerAsync(context, StatusCodes.Status400BadRequest, message);

    /// <summary>One rule or an array of them.</summary>
    private async Task AddFaultsAsync(HttpContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            FaultRule[] rules = body.RootElement.ValueKind == JsonValueKind.Array
                ? body.RootElement.Deserialize<FaultRule[]>(Json)!
                : [body.RootElement.Deserialize<FaultRule>(Json)!];
            Array.ForEach(rules, faults.Add);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (JsonException e)
        {
            await RefuseAsync(context, e.Message);
        }
    }

    private async Task SetClockSkewAsync(HttpContext context)
    {
        if (!double.TryParse(context.Request.Query["seconds"], System.Globalization.CultureInfo.InvariantCulture, out var seconds))
        {
            await RefuseAsync(context, "?seconds=<number> is required.");
            return;
        }

        await Done(context, () => identity.ClockSkew = TimeSpan.FromSeconds(seconds));
    }

    private async Task AdvanceAsync(HttpContext context)
    {
        if (!double.TryParse(context.Request.Query["hours"], System.Globalization.CultureInfo.InvariantCulture, out var hours) || hours < 0)
        {
            await RefuseAsync(context, "?hours=<number> is required.");
            return;
        }

        await Done(context, () => account.Advance(TimeSpan.FromHours(hours)));
    }

    private Task ShowRequestsAsync(HttpContext context)
    {
        var all = ledger.All;
        return context.Response.WriteAsJsonAsync(new
        {
            total = all.Count,
            signIns = ledger.SignIns,
            pumpLogs = ledger.PumpLogs,
            counts = all.GroupBy(r => (r.Method, r.Path, r.Status))
                .Select(g => new { method = g.Key.Method, path = g.Key.Path, status = g.Key.Status, count = g.Count() }),
        });
    }
}
