using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout.Documents;

/// <summary>Sessions of the glucose sensor that the pump started or joined.</summary>
internal sealed class SensorStartKind() : TreatmentKind<SensorStartKind.Row>(
    "SensorStart", NightscoutContent.Sensor, "sensor_starts", ["Sensor Start", "Sensor Change"])
{
    protected override string EventTypeOf(Row row) => "Sensor Start";

    protected override void WriteFields(Row row, DocumentWriter json) =>
        json.Text("notes", Note(row.Sensor, row.BeganWith == "Join" ? "The pump joined a running session" : null));

    internal sealed class Row : DocumentRow
    {
        public string Sensor { get; init; } = "";

        public string BeganWith { get; init; } = "";
    }
}
