using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout.Documents;

/// <summary>
/// Personal profiles: one document for each version, with one profile of the store for each of the pump's. Its values
/// are text, because Nightscout's profile editor expects that. The document's id is made from its key, so that it can
/// be replaced.
/// </summary>
internal sealed class ProfileKind()
    : DocumentKind<ProfileKind.Row>("Profile", NightscoutContent.Profile, Profile, "profiles")
{
    // What Nightscout's own editor begins with; a pump has no such settings.
    private const string CarbsPerHour = "20";
    private const string CarbDelay = "20";

    private static readonly JsonSerializerOptions Reading =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The id of a version's document: 24 hexadecimal digits.</summary>
    public string IdOf(string pump, long position) => Convert.ToHexString(
        SHA256.HashData(Encoding.UTF8.GetBytes(IdentifierOf(pump, position))).AsSpan(0, 12)).ToLowerInvariant();

    protected override void Write(Row row, DocumentWriter json)
    {
        var profiles = JsonSerializer.Deserialize<List<PumpProfile>>(row.Profiles, Reading)!;
        var active = profiles.Find(profile => profile.Active) ?? profiles[0];
        json.Start();
        json.Text("_id", IdOf(row.Pump, row.LogPosition));
        json.Text("defaultProfile", NameOf(active));
        json.Time("startDate", row);
        json.Time("created_at", row);
        json.Number("mills", row.TimeMs);
        json.Text("units", "mg/dl");
        json.Device("enteredBy", row);
        json.Start("store");

        // Two profiles of the same name would be one property twice; the active one counts.
        foreach (var profile in profiles.Where(profile => profile == active || NameOf(profile) != NameOf(active))
            .DistinctBy(NameOf))
        {
            Write(profile, row.TimeZone, json);
        }

        json.End();
        json.End();
    }

    private static string NameOf(PumpProfile profile) => string.IsNullOrWhiteSpace(profile.Name)
        ? string.Create(CultureInfo.InvariantCulture, $"Profile {profile.ProfileId}")
        : profile.Name;

    private static void Write(PumpProfile profile, string zone, DocumentWriter json)
    {
        json.Start(NameOf(profile));
        json.Text("dia", Text(profile.InsulinMinutes / 60m));
        json.Text("carbs_hr", CarbsPerHour);
        json.Text("delay", CarbDelay);
        json.Text("timezone", zone);
        json.Text("units", "mg/dl");
        WriteTimes("carbratio", segment => segment.CarbRatio);
        WriteTimes("sens", segment => segment.CorrectionFactor);
        WriteTimes("basal", segment => segment.BasalRate);
        WriteTimes("target_low", segment => segment.TargetBg);
        WriteTimes("target_high", segment => segment.TargetBg);
        json.End();

        void WriteTimes(string name, Func<Segment, decimal?> value)
        {
            json.StartList(name);
            foreach (var segment in profile.Segments.Where(segment => value(segment) is not null))
            {
                var minute = segment.StartMinute;
                json.Start();
                json.Text("time", string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}"));
                json.Text("value", Text(value(segment)));
                json.Text("timeAsSeconds", (minute * 60).ToString(CultureInfo.InvariantCulture));
                json.End();
            }

            json.EndList();
        }
    }

    private static string? Text(decimal? value) => value?.ToString("0.###", CultureInfo.InvariantCulture);

    internal sealed class Row : DocumentRow
    {
        /// <summary>The profiles as JSON.</summary>
        public string Profiles { get; init; } = "";
    }

    private sealed record PumpProfile(
        int ProfileId, string? Name, bool Active, int? InsulinMinutes, IReadOnlyList<Segment> Segments);

    private sealed record Segment(
        int StartMinute, decimal? BasalRate, int? CorrectionFactor, decimal? CarbRatio, int? TargetBg);
}
