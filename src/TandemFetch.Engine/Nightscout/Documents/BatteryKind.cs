using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout.Documents;

/// <summary>Charge of the pump's battery, with the time of the pump, as Nightscout's pump plugin reads them.</summary>
internal sealed class BatteryKind()
    : DocumentKind<BatteryKind.Row>("Battery", NightscoutContent.Battery, DeviceStatus, "battery_levels")
{
    protected override void Write(Row row, DocumentWriter json)
    {
        json.Start();
        json.Device("device", row);
        json.Time("created_at", row);
        json.Start("pump");
        json.Time("clock", row);
        json.Start("battery");
        json.Number("percent", row.ChargePercent);
        json.Number("voltage", row.Millivolts / 1000m);
        json.End();
        json.End();
        json.End();
    }

    internal sealed class Row : DocumentRow
    {
        public int ChargePercent { get; init; }

        public int? Millivolts { get; init; }
    }
}
