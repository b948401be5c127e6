namespace TandemFetch.Engine.Export;

/// <summary>
/// The tables that make an archive: what was received and cannot be made again. <c>Import-TandemRawEvent</c> makes all
/// others of it.
/// </summary>
public static class ArchiveTables
{
    /// <summary>The raw entries.</summary>
    public const string Entries = "raw_events";

    /// <summary>All of them, the raw entries first.</summary>
    public static IReadOnlyList<string> All => [Entries, .. Others.Keys];

    /// <summary>
    /// What no log entry says and the tables need, with the columns that are taken over: the pumps, their settings, the
    /// uploads that show how far their clocks were off, and the entries that could not be filed.
    /// </summary>
    internal static IReadOnlyDictionary<string, string[]> Others { get; } = new Dictionary<string, string[]>
    {
        ["pumps"] =
        [
            "device_assignment_id", "serial_number", "model_name", "software_version", "algorithm", "time_zone",
            "time_zone_set_by", "first_event", "last_event", "last_upload",
        ],
        ["pump_settings"] = ["id", "device_assignment_id", "timestamp", "settings_hash", "settings"],
        ["bookkeeping.clock_uploads"] = ["device_assignment_id", "log_position", "pump_time", "uploaded"],
        ["bookkeeping.rejected_entries"] = ["device_assignment_id", "received", "reason", "entry"],
    };
}
