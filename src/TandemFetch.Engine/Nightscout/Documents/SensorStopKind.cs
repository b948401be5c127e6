using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout.Documents;

/// <summary>Sessions of the glucose sensor that were stopped.</summary>
internal sealed class SensorStopKind() : TreatmentKind<SensorStopKind.Row>(
    "SensorStop", NightscoutContent.Sensor, "sensor_stops", ["Sensor Stop"])
{
    protected override string EventTypeOf(Row row) => "Sensor Stop";

    protected override void WriteFields(Row row, DocumentWriter json) =>
        json.Text("notes", Note(row.Sensor, row.StopReason));

    internal sealed class Row : DocumentRow
    {
        public string Sensor { get; init; } = "";

        public string? StopReason { get; init; }
    }
}
