using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout.Documents;

/// <summary>Basal rates, also those of 0, which Nightscout keeps as absolute 0.</summary>
internal sealed class BasalKind()
    : TreatmentKind<BasalKind.Row>("Basal", NightscoutContent.Basal, "basal_rates", ["Temp Basal"])
{
    /// <inheritdoc/>
    public override bool IsWrittenInParts => true;

    protected override string EventTypeOf(Row row) => "Temp Basal";

    protected override void WriteFields(Row row, DocumentWriter json)
    {
        json.Number("absolute", row.Absolute);
        json.Number("rate", row.Absolute);
        json.Number("duration", row.Duration);
        json.Text("reason", row.Reason);
    }

    internal sealed class Row : DocumentRow
    {
        /// <summary>Units/h.</summary>
        public decimal Absolute { get; init; }

        /// <summary>Minutes.</summary>
        public decimal Duration { get; init; }

        public string? Reason { get; init; }
    }
}
