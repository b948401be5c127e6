using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout.Documents;

/// <summary>Finger sticks.</summary>
internal sealed class BgCheckKind()
    : TreatmentKind<BgCheckKind.Row>("BgCheck", NightscoutContent.Glucose, "bg_checks", ["BG Check"])
{
    protected override string EventTypeOf(Row row) => "BG Check";

    protected override void WriteFields(Row row, DocumentWriter json)
    {
        json.Number("glucose", row.Glucose);
        json.Text("glucoseType", "Finger");
        json.Text("units", "mg/dl");
        json.Text("notes", row.Calibration ? "Calibration" : null);
    }

    internal sealed class Row : DocumentRow
    {
        public int Glucose { get; init; }

        public bool Calibration { get; init; }
    }
}
