using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using TandemFetch.Sandbox.Identity;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Sandbox.Account;

/// <summary><c>GET api/reports/bff/pumper/{pumperId}</c>: the account and its pumps.</summary>
internal sealed class PumperEndpoint(IdentityStore identity, SandboxAccount account, SandboxOptions options)
{
    private const int MostSegments = 16;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/reports/bff/pumper/{pumperId}", GetAsync);

    private static string? Wall(int? seconds) =>
        seconds is { } s ? SyntheticPump.ToWallClock(s).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) : null;

    private async Task GetAsync(HttpContext context)
    {
        if (!await DataRequestGate.AdmitAsync(context, identity))
        {
            return;
        }

        if (!string.Equals((string?)context.Request.RouteValues["pumperId"], account.PumperId, StringComparison.OrdinalIgnoreCase))
        {
            await DataRequestGate.AnswerAsync(context, StatusCodes.Status404NotFound, "Pumper not found.");
            return;
        }

        account.BringUpToNow();
        var answer = new JsonObject
        {
            ["firstName"] = SandboxPerson.FirstName,
            ["lastName"] = SandboxPerson.LastName,
            ["name"] = SandboxPerson.Name,
            ["dateOfBirth"] = SandboxPerson.DateOfBirth,
            ["lowGlucoseThreshold"] = 70,
            ["highGlucoseThreshold"] = 180,
            ["country"] = "US",
            ["pumps"] = new JsonArray([.. account.Pumps.Select(Describe)]),
        };
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private JsonNode Describe(SandboxPump pump)
    {
        int? first = null, newest = null;
        var upload = pump.LastUpload;
        if (pump.Log is { } log)
        {
            foreach (ref readonly var entry in log.View().Entries)
            {
                first = Math.Min(first ?? int.MaxValue, entry.PumpSeconds);
                newest = options.RangeEnd == LogRangeEnd.LatestDate
                    ? Math.Max(newest ?? int.MinValue, entry.PumpSeconds)
                    : entry.PumpSeconds;
            }
        }

        return new JsonObject
        {
            ["assignmentId"] = pump.AssignmentId,
            ["serialNumber"] = pump.SerialNumber,
            ["modelNumber"] = pump.ModelNumber,
            ["modelName"] = pump.ModelName,
            ["partNumber"] = "1011979",
            ["softwareVersion"] = pump.SoftwareVersion,
            ["algorithm"] = pump.Log?.Algorithm == ControlAlgorithm.BasalIQ ? "Basal-IQ" : "Control-IQ",
            ["glucoseUnit"] = null,
            ["availableDataRange"] = new JsonObject { ["start"] = Wall(first), ["end"] = Wall(newest) },
            ["maxDateOfEvents"] = Wall(newest),
            ["lastUploadDate"] = upload?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["lastUploadClientType"] = upload is null ? null : "mobile_tconnect",
            ["settings"] = pump.Log is { } known ? Settings(pump, known, upload!.Value) : null,
        };
    }

    private JsonObject Settings(SandboxPump pump, SyntheticPump log, DateTimeOffset upload)
    {
        var details = new JsonObject
        {
            ["profiles"] = new JsonObject
            {
                ["activeIdp"] = 0,
                ["profile"] = new JsonArray(Profile(log, "Weekday", 0), Profile(log, "Weekend", 1)),
            },
            ["cgmSettings"] = new JsonObject
            {
                ["highGlucoseAlert"] = new JsonObject { ["mgPerDl"] = 200, ["enabled"] = 1, ["duration"] = 60 },
                ["lowGlucoseAlert"] = new JsonObject { ["mgPerDl"] = 80, ["enabled"] = 1, ["duration"] = 30 },
            },
        };
        var hash = Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(details)))[..32];
        return new JsonObject
        {
            ["id"] = SyntheticPump.IdFrom((ulong)log.SettingsVersion(), 21),
            ["deviceAssignmentId"] = pump.AssignmentId,
            ["uploadedTimeStamp"] = upload.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture),
            ["settingsHash"] = hash,
            ["uploadId"] = SyntheticPump.IdFrom((ulong)upload.ToUnixTimeSeconds(), 22),
            ["details"] = details,
        };
    }

    private JsonObject Profile(SyntheticPump log, string name, int idp)
    {
        var version = log.SettingsVersion();
        var segments = new JsonArray();
        for (var i = 0; i < (options.PadsProfiles ? MostSegments : log.Profile.Segments); i++)
        {
            // Segments that are not in use are all zero, or missing.
            var used = i < log.Profile.Segments;
            segments.Add(new JsonObject
            {
                ["startTime"] = used ? TherapyProfile.StartMinute(i) : 0,
                ["basalRate"] = used ? log.Profile.BasalRate(version, i) + (idp * 50) : 0,
                ["isf"] = used ? log.Profile.CorrectionFactor : 0,
                ["carbRatio"] = used ? (int)(log.Profile.CarbRatio * 1000) : 0,
                ["targetBg"] = used ? log.Profile.Target : 0,
            });
        }

        return new JsonObject
        {
            ["name"] = name,
            ["idp"] = idp,
            ["insulinDuration"] = 300,
            ["carbEntry"] = "UnitsAsCarbs",
            ["maxBolus"] = 25_000,
            ["timeDependentSegments"] = segments,
        };
    }
}
