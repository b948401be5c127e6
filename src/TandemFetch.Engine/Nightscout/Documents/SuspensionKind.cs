using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout.Documents;

/// <summary>Suspensions of all insulin as notes, because Nightscout has no event type for them.</summary>
internal sealed class SuspensionKind() : TreatmentKind<SuspensionKind.Row>(
    "Suspension", NightscoutContent.Suspension, "suspensions", ["Basal Suspension", "Basal Resume"])
{
    protected override string EventTypeOf(Row row) => "Note";

    protected override void WriteFields(Row row, DocumentWriter json)
    {
        json.Number("duration", row.Duration);
        json.Text("notes", Note("Insulin suspended", row.Reason));
    }

    internal sealed class Row : DocumentRow
    {
        public string? Reason { get; init; }

        /// <summary>Minutes; null while it lasts.</summary>
        public decimal? Duration { get; init; }
    }
}
