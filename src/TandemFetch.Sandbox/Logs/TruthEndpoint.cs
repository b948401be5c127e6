using System.Globalization;
using System.Text.Json;
using TandemFetch.Sandbox.Account;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Sandbox.Logs;

/// <summary><c>GET /sandbox/truth/{assignmentId}</c>: what only the simulation knows. Needs no token.</summary>
internal sealed class TruthEndpoint(SandboxAccount account)
{
    private const int FlushAt = 64 * 1024;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/sandbox/truth/{assignmentId}", GetAsync);

    private async Task GetAsync(HttpContext context)
    {
        var pump = account.Find((string)context.Request.RouteValues["assignmentId"]!);
        if (pump is null)
        {
            await DataRequestGate.AnswerAsync(context, StatusCodes.Status404NotFound, "Device not found.");
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        using var json = new Utf8JsonWriter(context.Response.BodyWriter, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("assignmentId"u8, pump.AssignmentId);
        json.WriteString("homeZone"u8, account.Zone.Id);
        json.WriteStartArray("entries"u8);
        if (pump.Log is { } log)
        {
            foreach (var (sequence, utc) in log.TrueTimes())
            {
                json.WriteStartObject();
                json.WriteNumber("sequenceGroup"u8, 0);
                json.WriteNumber("sequenceNumber"u8, sequence);
                json.WriteString("utc"u8, utc.UtcDateTime);
                json.WriteEndObject();
                if (json.BytesPending > FlushAt)
                {
                    json.Flush();
                    await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
                }
            }
        }

        json.WriteEndArray();
        if (pump.Log is { } known)
        {
            WriteRest(json, known);
        }

        json.WriteEndObject();
        json.Flush();
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static void WriteRest(Utf8JsonWriter json, SyntheticPump log)
    {
        json.WriteString("uploadedThrough"u8, log.LastUpload.UtcDateTime);
        json.WriteStartArray("stays"u8);
        foreach (var (from, zone) in log.Stays())
        {
            json.WriteStartObject();
            json.WriteString("fromUtc"u8, from.UtcDateTime);
            json.WriteString("zone"u8, zone);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteDays(json, "basalUnitsByLocalDay", log.BasalUnitsByLocalDay());
        WriteDays(json, "basalUnitsByUtcDay", log.BasalUnitsByUtcDay());
        json.WriteStartArray("boluses"u8);
        foreach (var bolus in log.Boluses())
        {
            WriteBolus(json, bolus);
        }

        json.WriteEndArray();
        var clock = log.Clock;
        json.WriteStartObject("clockHabits"u8);
        json.WriteString("summerTime"u8, clock.SummerTime.ToString());
        json.WriteNumber("tripsPerYear"u8, clock.TripsPerYear ?? 0);
        json.WriteNumber("driftSecondsPerWeek"u8, clock.DriftSecondsPerWeek ?? 0);
        json.WriteBoolean("firstSetting"u8, clock.FirstSetting == true);
        json.WriteBoolean("reset"u8, clock.Reset == true);
        json.WriteNumber("dateSlips"u8, (clock.DateSlips ?? 0) + clock.DateSlipsAt.Count);
        json.WriteNumber("emptyBatteries"u8, (clock.EmptyBatteries ?? 0) + clock.EmptyBatteriesAt.Count);
        json.WriteEndObject();
    }

    private static void WriteDays(Utf8JsonWriter json, string name, IReadOnlyDictionary<DateOnly, double> days)
    {
        json.WriteStartObject(name);
        foreach (var (day, units) in days)
        {
            json.WriteNumber(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Math.Round(units, 6));
        }

        json.WriteEndObject();
    }

    private static void WriteBolus(Utf8JsonWriter json, BolusTruth bolus)
    {
        json.WriteStartObject();
        json.WriteNumber("bolusId"u8, bolus.BolusId);
        json.WriteNumber("firstSequence"u8, bolus.FirstSequence);
        json.WriteString("requestedUtc"u8, bolus.RequestedUtc.UtcDateTime);
        json.WriteString("kind"u8, bolus.Kind.ToString());
        json.WriteNumber("carbs"u8, bolus.Carbs);
        json.WriteNumber("requestedUnits"u8, bolus.RequestedMilliunits / 1000m);
        if (bolus is { DeliveredMilliunits: { } delivered, CompletionStatus: { } status, EndedUtc: { } ended })
        {
            json.WriteNumber("deliveredUnits"u8, delivered / 1000m);
            json.WriteNumber("completionStatus"u8, status);
            json.WriteString("endedUtc"u8, ended.UtcDateTime);
        }

        json.WriteEndObject();
    }
}
