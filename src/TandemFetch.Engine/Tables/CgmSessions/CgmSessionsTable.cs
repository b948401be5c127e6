using TandemFetch.Engine.Reading;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tables.CgmSessions;

/// <summary>
/// Sessions of the glucose sensor: 212 and 404 start one, 213, 394, 406 and 477 join it, the others stop it.
/// </summary>
internal sealed class CgmSessionsTable : DomainTable<CgmSession>
{
    private static readonly TimeColumn Ended = new("ended", "ended_position");

    public override string Name => "cgm_sessions";

    internal override TableSource Source => TableSource.TherapyEntries;

    internal override IReadOnlyList<int> EventCodes => [212, 213, 214, 394, 404, 405, 406, 447, 477, 486];

    internal override IReadOnlyList<int> RowCodes => [212, 213, 394, 404, 406, 477];

    internal override IReadOnlyList<TimeColumn> Times => [Timestamp, Ended];

    internal override IReadOnlyList<DurationColumn> Durations => [new("duration_seconds", Timestamp, Ended)];

    private protected override CgmSession ToRecord(RecordRow row) => new()
    {
        Id = row.Int64("id"),
        PumpSerial = row.PumpSerial,
        Timestamp = row.Time("timestamp"),
        PumpTime = row.Clock("pump_time"),
        Sensor = row.Text("sensor")!,
        BeganWith = row.Text("began_with")!,
        PlannedDays = row.NullableInt32("planned_days"),
        Rejoined = row.Int32("rejoined"),
        Ended = row.Time("ended"),
        EndedBy = row.Text("ended_by"),
        StopReason = row.Text("stop_reason"),
        DurationValue = row.Seconds("duration_seconds"),
    };
}
