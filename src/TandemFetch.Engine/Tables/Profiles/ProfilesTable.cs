using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tables.Profiles;

/// <summary>Personal profiles in each version of the settings, with their segments.</summary>
internal sealed class ProfilesTable : DomainTable<Profile>
{
    /// <summary>The statements that write the profiles of version <c>$id</c> of the settings.</summary>
    public static readonly string Save = SqlResource.Read("TandemFetch.Engine.Tables.Profiles.save.sql");

    private static readonly string Segments = SqlResource.Read("TandemFetch.Engine.Tables.Profiles.segments.sql");

    public override string Name => "profiles";

    internal override TableSource Source => TableSource.Settings;

    internal override IReadOnlyList<string> Key => ["pump_settings_id", "profile_id"];

    internal override IReadOnlyList<TimeColumn> Times => [];

    internal override IReadOnlyList<CompanionTable> Companions =>
        [new("profile_segments", ["pump_settings_id", "profile_id", "segment"], HasEntry: false)];

    private protected override string RecordOrder => "pump_settings_id, profile_id";

    private protected override Func<RecordRow, Profile> Mapping(TandemDatabase database)
    {
        var segments = database.Query<SegmentRow>(Segments)
            .ToLookup(row => (row.PumpSettingsId, row.ProfileId), row => row.ToRecord());
        return row =>
        {
            var profile = ToRecord(row);
            return profile with { Segments = [.. segments[(profile.SettingsVersion, profile.ProfileId)]] };
        };
    }

    private protected override Profile ToRecord(RecordRow row) => new()
    {
        SettingsVersion = row.Int64("pump_settings_id"),
        PumpSerial = row.PumpSerial,
        Timestamp = row.Time("timestamp"),
        ProfileId = row.Int32("profile_id"),
        Name = row.Text("name"),
        Active = row.Boolean("active"),
        InsulinDurationValue = row.Minutes("insulin_minutes"),
        MaxBolus = row.Decimal("max_bolus"),
        CarbEntry = row.Text("carb_entry"),
    };

    private sealed record SegmentRow(
        long PumpSettingsId,
        int ProfileId,
        int StartMinute,
        decimal? BasalRate,
        int? CorrectionFactor,
        decimal? CarbRatio,
        int? TargetBg)
    {
        public ProfileSegment ToRecord() => new()
        {
            StartValue = TimeSpan.FromMinutes((double)StartMinute),
            BasalRate = BasalRate,
            CorrectionFactor = CorrectionFactor,
            CarbRatio = CarbRatio,
            TargetBg = TargetBg,
        };
    }
}
