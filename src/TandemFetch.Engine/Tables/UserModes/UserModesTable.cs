using TandemFetch.Engine.Reading;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tables.UserModes;

/// <summary>Sleep, exercise and eating soon: 229.</summary>
internal sealed class UserModesTable : DomainTable<UserMode>
{
    private static readonly TimeColumn Ended = new("ended", "ended_position");

    public override string Name => "user_modes";

    internal override TableSource Source => TableSource.TherapyEntries;

    internal override IReadOnlyList<int> EventCodes => [229];

    internal override IReadOnlyList<TimeColumn> Times => [Timestamp, Ended];

    internal override IReadOnlyList<DurationColumn> Durations => [new("duration_seconds", Timestamp, Ended)];

    private protected override UserMode ToRecord(RecordRow row) => new()
    {
        Id = row.Int64("id"),
        PumpSerial = row.PumpSerial,
        Timestamp = row.Time("timestamp"),
        PumpTime = row.Clock("pump_time"),
        Mode = row.Text("mode")!,
        StartedBy = row.Text("started_by")!,
        PlannedDurationValue = row.Minutes("planned_minutes"),
        Ended = row.Time("ended"),
        DurationValue = row.Seconds("duration_seconds"),
    };
}
