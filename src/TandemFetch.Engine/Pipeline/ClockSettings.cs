using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>The settings of a pump's clock, from its raw entries 13 (time) and 14 (date).</summary>
internal static class ClockSettings
{
    public const int TimeChanged = 13;
    public const int DateChanged = 14;

    private static readonly string Statement = SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.clock_settings.sql");

    public static bool IsSetting(int eventCode) => eventCode is TimeChanged or DateChanged;

    /// <summary>All settings of one pump, in log order; entries without their values change nothing.</summary>
    public static IReadOnlyList<ClockSetting> Read(TandemDatabase database, string device) =>
        [.. database.Query<Row>(Statement, new { device })
            .Select(row => new ClockSetting(row.Position, new PumpTime(row.PumpTime), row.Change))];

    /// <summary>The raw entry of the newest setting of one pump that came in; 0 when there is none.</summary>
    public static long Newest(TandemDatabase database, string device) => database.Scalar<long?>(
        "SELECT max(raw_events_id) FROM clock_changes WHERE device_assignment_id = $device", new { device }) ?? 0;

    private sealed record Row(
        long Position,
        long PumpTime,
        int EventCode,
        long? TimePrior,
        long? TimeAfter,
        long? DatePrior,
        long? DateAfter)
    {
        public TimeSpan Change => EventCode == TimeChanged
            ? TimeSpan.FromMilliseconds((double)((TimeAfter - TimePrior) ?? 0))
            : TimeSpan.FromDays((double)((DateAfter - DatePrior) ?? 0));
    }
}
