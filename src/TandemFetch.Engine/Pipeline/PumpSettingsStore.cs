using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;
using TandemFetch.Engine.Tables.Profiles;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// Stores the versions of a pump's settings. The settings of the account are a new version if their hash has changed.
/// </summary>
internal sealed class PumpSettingsStore(TandemDatabase database)
{
    private static readonly IReadOnlyList<TableDefinition> Profiles =
        [.. DomainTables.All.Where(table => !table.IsDerived)];

    /// <summary>Stores the settings of a pump, if they are new.</summary>
    public void Save(SourcePump pump)
    {
        if (pump.SettingsJson is not { } settings)
        {
            return;
        }

        var device = pump.AssignmentId;
        var hash = pump.SettingsHash ?? RulesFingerprint.Of(settings);
        if (NewestHash(device) == hash)
        {
            return;
        }

        database.InTransaction(() =>
        {
            var id = database.Scalar<long>(
                "INSERT INTO pump_settings (device_assignment_id, timestamp, settings_hash, settings) VALUES ($device, $seen, $hash, $settings) RETURNING id",
                new { device, seen = pump.LastUpload?.UtcDateTime, hash, settings });
            database.Execute(ProfilesTable.Save, new { id });
            TableRows.Save(database, Profiles);
        });
    }

    /// <summary>Rewrites all profiles if somebody else has deleted or added rows.</summary>
    /// <param name="rebuild">Whether to write them in any case.</param>
    public void Mend(bool rebuild)
    {
        if (rebuild || TableRows.Changed(database, Profiles).Count > 0)
        {
            database.InTransaction(WriteProfiles);
        }
    }

    /// <summary>Rewrites all profiles from the stored settings, in the running transaction.</summary>
    public void WriteProfiles()
    {
        foreach (var table in Profiles.SelectMany(table => table.Tables))
        {
            database.Execute($"DELETE FROM {table}");
        }

        foreach (var id in database.Query<long>("SELECT id FROM pump_settings ORDER BY id"))
        {
            database.Execute(ProfilesTable.Save, new { id });
        }

        TableRows.Save(database, Profiles);
    }

    private string? NewestHash(string device) => database.Query<string>(
        "SELECT settings_hash FROM pump_settings WHERE device_assignment_id = $device ORDER BY id DESC LIMIT 1", new { device })
        is [var hash] ? hash : null;
}
