using System.Text.Json;
using TandemFetch.Sandbox.Account;
using TandemFetch.Sandbox.Faults;
using TandemFetch.Sandbox.Identity;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Sandbox.Logs;

/// <summary><c>GET api/reports/bff/pump-logs/{assignmentId}</c>: one window of the log, streamed.</summary>
internal sealed class PumpLogEndpoint(IdentityStore identity, SandboxAccount account, SandboxOptions options)
{
    private const int FlushAt = 64 * 1024;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/reports/bff/pump-logs/{assignmentId}", GetAsync);

    private async Task GetAsync(HttpContext context)
    {
        if (!await DataRequestGate.AdmitAsync(context, identity))
        {
            return;
        }

        var (query, refusal) = PumpLogQuery.Read(context.Request.Query, options.RequiresEventCodes);
        if (query is null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsJsonAsync(refusal);
            return;
        }

        var pump = account.Find((string)context.Request.RouteValues["assignmentId"]!);
        if (pump is null || query.PumperId != account.PumperId)
        {
            await DataRequestGate.AnswerAsync(context, StatusCodes.Status404NotFound, "Device not found.");
            return;
        }

        // It is not known how the real server behaves beyond four weeks; large ranges have failed with 500.
        if (query.LastDay.DayNumber - query.FirstDay.DayNumber >= options.MaxWindowDays)
        {
            await DataRequestGate.AnswerAsync(context, StatusCodes.Status500InternalServerError, "Internal server error");
            return;
        }

        await WriteAsync(context, pump, query, FiredFaults.Of(context).Page);
    }

    /// <summary>Codes that are in no catalogue are served whatever was requested, unless nothing was.</summary>
    private static bool IsServed(int code, HashSet<int> asked) =>
        asked.Contains(code) || (code == EntryLayouts.Unheard.Code && asked.Count > 0);

    private async Task WriteAsync(HttpContext context, SandboxPump pump, PumpLogQuery query, PageFaults faults)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        if (pump.Log is null)
        {
            await context.Response.WriteAsync("""{"events":[],"clockChanges":[]}""");
            return;
        }

        var view = pump.Log.View();
        var last = SyntheticPump.ToPumpDay(query.LastDay);
        var first = SyntheticPump.ToPumpDay(query.FirstDay);
        first = faults.Huge ? last - (10 * (last - first + 1)) + 1 : first;
        var codes = options.IgnoresEventCodes ? null : query.Codes;
        using var json = new Utf8JsonWriter(context.Response.BodyWriter, new JsonWriterOptions { SkipValidation = true });
        var page = new PageWriter(json, pump.AssignmentId, view, faults);
        page.Begin();
        foreach (var index in view.IndicesBetween(first, last))
        {
            if (codes is not null && !IsServed(EntryLayouts.At(view.Entries[index].Layout).Code, codes))
            {
                continue;
            }

            page.Write(index);
            if (json.BytesPending > FlushAt)
            {
                json.Flush();
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            }
        }

        page.End();
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
