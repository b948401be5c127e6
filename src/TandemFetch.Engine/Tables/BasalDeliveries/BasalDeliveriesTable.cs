using TandemFetch.Engine.Reading;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tables.BasalDeliveries;

/// <summary>
/// Basal insulin: periods at one rate (279), and the doses of a newer algorithm (558 starts one, 559 completes it).
/// </summary>
internal sealed class BasalDeliveriesTable : DomainTable<BasalDelivery>
{
    public override string Name => "basal_deliveries";

    internal override TableSource Source => TableSource.Events;

    internal override IReadOnlyList<int> EventCodes => [279, 558, 559];

    internal override IReadOnlyList<int> RowCodes => [279, 559];

    // A clock that was set correctly can show less at the end of a delivery than at its beginning; the duration is then
    // zero.
    internal override IReadOnlyList<TimeColumn> Times =>
    [
        Timestamp,
        new("ended", "ended_position", "later_of(row.timestamp, entry.timestamp)"),
    ];

    private protected override BasalDelivery ToRecord(RecordRow row) => new()
    {
        Id = row.Int64("id"),
        PumpSerial = row.PumpSerial,
        Timestamp = row.Time("timestamp"),
        PumpTime = row.Clock("pump_time"),
        Ended = row.Time("ended"),
        DurationValue = row.Seconds("duration_seconds"),
        Rate = row.Decimal("rate"),
        RateSource = row.Text("rate_source"),
        ProfileRate = row.Decimal("profile_rate"),
        AlgorithmRate = row.Decimal("algorithm_rate"),
        TempRate = row.Decimal("temp_rate"),
        Delivered = row.Decimal("delivered"),
    };
}
