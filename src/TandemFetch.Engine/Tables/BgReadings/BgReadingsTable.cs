using TandemFetch.Engine.Reading;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tables.BgReadings;

/// <summary>Glucose values entered: 16.</summary>
internal sealed class BgReadingsTable : DomainTable<BgReading>
{
    public override string Name => "bg_readings";

    internal override TableSource Source => TableSource.TherapyEntries;

    internal override IReadOnlyList<int> EventCodes => [16];

    private protected override BgReading ToRecord(RecordRow row) => new()
    {
        Id = row.Int64("id"),
        PumpSerial = row.PumpSerial,
        Timestamp = row.Time("timestamp"),
        PumpTime = row.Clock("pump_time"),
        Glucose = row.NullableInt32("glucose"),
        FromCgm = row.NullableBoolean("from_cgm"),
        EnteredRemotely = row.NullableBoolean("entered_remotely"),
        Calibration = row.NullableBoolean("calibration"),
        Iob = row.Decimal("iob"),
        CorrectionFactor = row.NullableInt32("correction_factor"),
        TargetBg = row.NullableInt32("target_bg"),
    };
}
