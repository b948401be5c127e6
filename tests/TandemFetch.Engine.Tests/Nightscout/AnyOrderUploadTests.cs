using System.Globalization;
using CsCheck;
using TandemFetch.Engine.Nightscout.Documents;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox.Faults;
using UploadRequest = TandemFetch.Engine.Nightscout.NightscoutRequest;

namespace TandemFetch.Engine.Tests.Nightscout;

/// <summary>
/// Whatever is new, late, changed, moved or deleted in whatever order, and wherever uploads are killed: in the end the
/// site has what a site without any history gets from the same file, and at any time every document of ours has a row.
/// </summary>
public sealed class AnyOrderUploadTests
{
    private static readonly string[] Serials = [PumpFile.Serial, PumpFile.OtherSerial];

    private static readonly string[] Tables =
        ["cgm_readings", "boluses", "basal_deliveries", "suspensions", "battery_levels", "cgm_sessions", "profiles"];

    [Fact]
    public Task Any_order_of_changes_and_killed_uploads_leads_to_the_same_contents() => Gen.UInt.SampleAsync(
        CheckAsync,
        iter: LongRun.IsAsked ? 100 : 1,
        threads: 1,
        writeLine: TestContext.Current.TestOutputHelper!.WriteLine);

    private static async Task CheckAsync(uint seed)
    {
        var random = new Random((int)(seed & int.MaxValue));
        using var file = await PumpFile.CreateAsync(Serials);
        await using var site = await StubSite.StartAsync();
        var steps = random.Next(5, 25);
        for (var step = 0; step < steps; step++)
        {
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                Change(file, random);
            }

            if (random.Next(3) > 0)
            {
                await PublishAsync(file, site, random);
                AssertAllRecorded(file, site);
            }
        }

        site.Server.Faults.Clear();
        await site.PublishAsync(file);
        AssertAllRecorded(file, site);

        await using var fresh = await StubSite.StartAsync();
        await fresh.PublishAsync(file);
        Assert.Equal(fresh.Dump(), site.Dump());
        Assert.Equal(
            fresh.Dump().Count,
            file.Database.Scalar<int>(
                $"SELECT count(*)::INTEGER FROM bookkeeping.nightscout_documents WHERE site LIKE '%:{site.Address.Port}' AND state = 'Sent'"));

        site.Server.Requests.Clear();
        file.Execute("SELECT 1");
        await site.PublishAsync(file);
        Assert.Equal(0, site.Changes());
    }

    /// <summary>An upload of everything or of a part, often killed after some requests, before or after one takes effect.</summary>
    private static async Task PublishAsync(PumpFile file, StubSite site, Random random)
    {
        site.Server.Faults.Clear();
        if (random.Next(3) > 0)
        {
            site.Server.Faults.Add(new FaultRule
            {
                Kind = random.Next(2) == 0 ? FaultKind.Unanswered : FaultKind.Status,
                Pattern = "^/api/v1/(entries|treatments|devicestatus|profile)",
                After = random.Next(12),
                Count = 1,
            });
        }

        var request = new UploadRequest
        {
            Content = random.Next(4) == 0 ? [(NightscoutContent)random.Next(10), NightscoutContent.Glucose] : [],
            PumpSerials = random.Next(4) == 0 ? [Serials[random.Next(2)]] : [],
            Since = random.Next(4) == 0 ? Base.AddMinutes(5 * random.Next(12)) : null,
        };
        try
        {
            await site.PublishAsync(file, request, options: StubSite.Options with { Attempts = 1 });
        }
        catch (TandemException)
        {
            // Killed: the process did no more than this.
        }
    }

    private static DateTimeOffset Base { get; } = new(2026, 4, 30, 14, 0, 0, TimeSpan.Zero);

    private static void Change(PumpFile file, Random random)
    {
        var serial = Serials[random.Next(2)];
        var device = $"device-{serial}";
        var position = random.Next(1, 15);
        var time = Time(random.Next(12));
        var table = Tables[random.Next(Tables.Length - 1)];
        switch (random.Next(12))
        {
            case 0 or 1 when !Exists("cgm_readings") && IsFree():
                file.AddReading(position, time, random.Next(39, 402), random.Next(-4, 5), serial);
                break;
            case 2 when !Exists("boluses"):
                file.AddBolus(position, time, random.Next(1, 10) / 2m, serial);
                break;
            case 3 when !Exists("basal_deliveries"):
                file.Add(
                    "basal_deliveries",
                    position,
                    Time(position),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{random.Next(3) / 2m} AS rate, 'Profile' AS rate_source, {PumpFile.Time(Time(position + 1))} AS ended, {position + 1} AS ended_position, 300 AS duration_seconds"),
                    serial);
                break;
            case 4 when !Exists("suspensions"):
                file.Add("suspensions", position, time, "'User Aborted' AS reason", serial);
                break;
            case 5 when !Exists("battery_levels"):
                file.Add("battery_levels", position, time, $"{random.Next(101)} AS charge_percent", serial);
                break;
            case 6 when !Exists("cgm_sessions"):
                file.Add(
                    "cgm_sessions",
                    position,
                    time,
                    $"'G7' AS sensor, 'Start' AS began_with, 0 AS rejoined, 'Stop' AS ended_by, {position + 20} AS ended_position, {PumpFile.Time(Time(13))} AS ended",
                    serial);
                break;
            case 7:
                file.Execute($"DELETE FROM {table} WHERE log_position = {position} AND device_assignment_id = '{device}'");
                break;
            case 8:
                // The clock turns out to be wrong: all rows of a pump from a position on move by as much.
                var shift = random.Next(-3, 4) * 5;
                foreach (var moved in Tables[..^1])
                {
                    var ends = moved is "basal_deliveries" or "cgm_sessions" or "boluses"
                        ? $", ended = ended + INTERVAL ({shift}) MINUTE" : "";
                    var starts = moved == "boluses" ? $", started = started + INTERVAL ({shift}) MINUTE" : "";
                    file.Execute(
                        $"UPDATE {moved} SET timestamp = timestamp + INTERVAL ({shift}) MINUTE{ends}{starts} WHERE log_position >= {position} AND device_assignment_id = '{device}'");
                }

                break;
            case 9:
                file.Execute(
                    $"""
                    UPDATE cgm_readings SET glucose = 39 + (glucose + 17) % 363 WHERE log_position = {position};
                    UPDATE boluses SET delivered = delivered + 1 WHERE log_position = {position};
                    UPDATE suspensions SET duration_seconds = 600 WHERE log_position = {position};
                    UPDATE battery_levels SET charge_percent = (charge_percent + 1) % 101 WHERE log_position = {position};
                    UPDATE basal_deliveries SET rate = 1 WHERE log_position = {position}
                    """);
                break;
            case 10:
                file.Execute($"UPDATE {table} SET timestamp = NULL WHERE log_position = {position} AND device_assignment_id = '{device}'");
                break;
            case 11:
                file.Execute(
                    $"""
                    DELETE FROM profiles WHERE pump_settings_id = {position} AND device_assignment_id = '{device}';
                    DELETE FROM profile_segments WHERE pump_settings_id = {position} AND device_assignment_id = '{device}';
                    INSERT INTO profiles BY NAME SELECT {position} AS pump_settings_id, '{device}' AS device_assignment_id,
                    {PumpFile.Time(Time(position))} AS timestamp, 0 AS profile_id, 'Work' AS name, true AS active;
                    INSERT INTO profile_segments BY NAME SELECT {position} AS pump_settings_id,
                    '{device}' AS device_assignment_id, 0 AS profile_id, 1 AS segment, 0 AS start_minute,
                    {random.Next(1, 3)} AS basal_rate, 42 AS correction_factor, 9 AS carb_ratio, 110 AS target_bg
                    """);
                break;
        }

        bool Exists(string name) => file.Database.Scalar<bool>(
            $"SELECT count(*) > 0 FROM {name} WHERE log_position = {position} AND device_assignment_id = '{device}'");

        // A sensor reads once in five minutes.
        bool IsFree() => file.Database.Scalar<bool>(
            $"SELECT count(*) = 0 FROM cgm_readings WHERE timestamp = {PumpFile.Time(time)} AND device_assignment_id = '{device}'");
    }

    private static string Time(int step) => Base.AddMinutes(5 * step).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static void AssertAllRecorded(PumpFile file, StubSite site)
    {
        var recorded = file.Database.Query<Recorded>(
            "SELECT kind, pump, log_position, epoch_ms(document_time) AS time_ms FROM bookkeeping.nightscout_documents "
            + $"WHERE site LIKE '%:{site.Address.Port}'");
        var identifiers = recorded.Select(row => Kind(row).IdentifierOf(row.Pump, row.LogPosition)).ToHashSet();
        var readings = recorded.Where(row => row.Kind == "Glucose").Select(row => row.TimeMs).ToHashSet();
        var statuses = recorded.Where(row => row.Kind == "Battery").Select(row => (row.Pump, row.TimeMs)).ToHashSet();

        Assert.All(site.Server.Treatments, document => Assert.Contains((string)document["identifier"]!, identifiers));
        Assert.All(site.Server.Entries, document => Assert.Contains((long)document["date"]!, readings));
        Assert.All(
            site.Server.DeviceStatus,
            document => Assert.Contains(
                (((string)document["device"]!)["TandemFetch ".Length..],
                    DateTimeOffset.Parse((string)document["created_at"]!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds()),
                statuses));
        Assert.True(site.Server.Profiles.Count <= recorded.Count(row => row.Kind == "Profile"));

        static DocumentKind Kind(Recorded row) => DocumentKinds.All.Single(kind => kind.Name == row.Kind);
    }

    private sealed record Recorded(string Kind, string Pump, long LogPosition, long TimeMs);
}
