using TandemFetch.Engine.Reading;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tables.Alerts;

/// <summary>
/// Alerts (4, 26), alarms (5, 28), malfunctions (6) and sensor alerts (171, 172, 369, 370, 371, 460, 461).
/// </summary>
internal sealed class AlertsTable : DomainTable<Alert>
{
    private static readonly TimeColumn Cleared = new("cleared", "cleared_position");

    public override string Name => "alerts";

    internal override TableSource Source => TableSource.TherapyEntries;

    internal override IReadOnlyList<int> EventCodes => [4, 26, 5, 28, 6, 171, 172, 369, 370, 371, 460, 461];

    internal override IReadOnlyList<int> RowCodes => [4, 5, 6, 171, 369, 460];

    internal override IReadOnlyList<TimeColumn> Times =>
        [Timestamp, new("acknowledged", "acknowledged_position"), Cleared];

    internal override IReadOnlyList<DurationColumn> Durations => [new("duration_seconds", Timestamp, Cleared)];

    private protected override Alert ToRecord(RecordRow row) => new()
    {
        Id = row.Int64("id"),
        PumpSerial = row.PumpSerial,
        Timestamp = row.Time("timestamp"),
        PumpTime = row.Clock("pump_time"),
        Kind = row.Text("kind")!,
        Name = row.Text("alert"),
        Sensor = row.Text("sensor"),
        Reminder = row.Boolean("reminder"),
        Acknowledged = row.Time("acknowledged"),
        AcknowledgedBy = row.Text("acknowledged_by"),
        Cleared = row.Time("cleared"),
        DurationValue = row.Seconds("duration_seconds"),
    };
}
