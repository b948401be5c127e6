using TandemFetch.Engine.Reading;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tables.CgmReadings;

/// <summary>Glucose readings: 256 (G6), 372 (Libre 2), 399 (G7), 480 (Libre 3).</summary>
internal sealed class CgmReadingsTable : DomainTable<CgmReading>
{
    public override string Name => "cgm_readings";

    internal override TableSource Source => TableSource.Events;

    internal override IReadOnlyList<int> EventCodes => [256, 372, 399, 480];

    // The time of a reading is when it was measured, which its entry contains.
    internal override IReadOnlyList<TimeColumn> Times =>
    [
        new(
            "timestamp",
            Expected: "true_time_at(entry.timestamp, entry.pump_time, "
                + "pump_clock(json_extract_string(entry.event_data, '$.egvTimeStamp')))"),
    ];

    internal override IReadOnlyList<CompanionTable> Companions => [new("bookkeeping.cgm_omissions", Key, HasEntry: true)];

    private protected override CgmReading ToRecord(RecordRow row) => new()
    {
        Id = row.Int64("id"),
        PumpSerial = row.PumpSerial,
        Timestamp = row.Time("timestamp"),
        PumpTime = row.Clock("pump_time"),
        Glucose = row.Int16("glucose"),
        Status = row.Text("status")!,
        RateOfChange = row.Decimal("rate_of_change"),
        Sensor = row.Text("sensor")!,
        Backfilled = row.Boolean("backfilled"),
    };
}
