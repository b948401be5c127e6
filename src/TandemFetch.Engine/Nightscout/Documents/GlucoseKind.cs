using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout.Documents;

/// <summary>Readings of the glucose sensor, in mg/dL as Nightscout stores them.</summary>
internal sealed class GlucoseKind()
    : DocumentKind<GlucoseKind.Row>("Glucose", NightscoutContent.Glucose, Entries, "glucose")
{
    protected override void Write(Row row, DocumentWriter json)
    {
        // The site merges what it has for the same moment with what it gets, so every document has all fields.
        json.Start();
        json.Text("type", "sgv");
        json.Number("sgv", row.Glucose);
        json.Text("direction", row.Direction);
        json.Number("date", row.TimeMs);
        json.Time("dateString", row);
        json.Device("device", row);
        json.End();
    }

    internal sealed class Row : DocumentRow
    {
        public int Glucose { get; init; }

        public string Direction { get; init; } = "";
    }
}
