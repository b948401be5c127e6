using TandemFetch.Engine.Reading;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tables.Suspensions;

/// <summary>Suspensions of all insulin: 11, ended by 12.</summary>
internal sealed class SuspensionsTable : DomainTable<Suspension>
{
    private static readonly TimeColumn Ended = new("ended", "ended_position");

    public override string Name => "suspensions";

    internal override TableSource Source => TableSource.TherapyEntries;

    internal override IReadOnlyList<int> EventCodes => [11, 12];

    internal override IReadOnlyList<int> RowCodes => [11];

    internal override IReadOnlyList<TimeColumn> Times => [Timestamp, Ended];

    internal override IReadOnlyList<DurationColumn> Durations => [new("duration_seconds", Timestamp, Ended)];

    private protected override Suspension ToRecord(RecordRow row) => new()
    {
        Id = row.Int64("id"),
        PumpSerial = row.PumpSerial,
        Timestamp = row.Time("timestamp"),
        PumpTime = row.Clock("pump_time"),
        Reason = row.Text("reason"),
        InsulinRemaining = row.NullableInt32("insulin_remaining"),
        Ended = row.Time("ended"),
        DurationValue = row.Seconds("duration_seconds"),
    };
}
