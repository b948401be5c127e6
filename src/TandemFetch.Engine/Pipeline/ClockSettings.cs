using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>The settings of a pump's clock, from its raw entries 13 (time) and 14 (date).</summary>
internal static class ClockSettings
{
    public const int TimeChanged = 13;
    public const int DateChanged = 14;

    // Reads the position of each setting, and what the clock showed before and after it.
    private static readonly string Statement =
        SqlResource.Read("TandemFetch.Engine.Clock.Statements.clock_settings.sql");

    public static bool IsSetting(int eventCode) => eventCode is TimeChanged or DateChanged;

    /// <summary>All settings of one pump, in log order; entries without values are ignored.</summary>
    public static IReadOnlyList<ClockSetting> Read(TandemDatabase database, string device) =>
        Newest(database, device) == 0 ? [] : ColumnReader.ReadAll(database, Statement, ToSetting, device);

    private static ClockSetting ToSetting(ColumnReader rows, int row)
    {
        var (before, after) = (new PumpTime(rows.Int64(1, row)), new PumpTime(rows.Int64(2, row)));
        return new ClockSetting(rows.Int64(0, row), after, after - before);
    }

    /// <summary>Lists again which raw entries of one pump are settings; the fetch lists those that come in.</summary>
    public static void List(TandemDatabase database, string device) =>
        database.Execute(SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.list_clock_changes.sql"), new { device });

    /// <summary>The raw entry of the newest setting of one pump; 0 if there is none.</summary>
    public static long Newest(TandemDatabase database, string device) => database.Scalar<long?>(
        "SELECT max(raw_events_id) FROM bookkeeping.clock_changes WHERE device_assignment_id = $device", new { device }) ?? 0;
}
