using TandemFetch.Engine.Reading;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tables.BatteryLevels;

/// <summary>Charge of the battery: 9, 34 and 35 (status), and 81 (daily basal) if it contains the charge.</summary>
internal sealed class BatteryLevelsTable : DomainTable<BatteryLevel>
{
    public override string Name => "battery_levels";

    internal override TableSource Source => TableSource.Events;

    internal override IReadOnlyList<int> EventCodes => [9, 34, 35, 81];

    private protected override BatteryLevel ToRecord(RecordRow row) => new()
    {
        Id = row.Int64("id"),
        PumpSerial = row.PumpSerial,
        Timestamp = row.Time("timestamp"),
        PumpTime = row.Clock("pump_time"),
        ChargePercent = row.Int32("charge_percent"),
        Millivolts = row.NullableInt32("millivolts"),
    };
}
