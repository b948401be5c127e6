using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout.Documents;

/// <summary>Boluses, and carbohydrates without insulin.</summary>
internal sealed class BolusKind() : TreatmentKind<BolusKind.Row>("Bolus", NightscoutContent.Bolus, "boluses", [])
{
    /// <inheritdoc/>
    public override bool IsLike(string eventType) =>
        eventType.Contains("Bolus", StringComparison.OrdinalIgnoreCase)
        || eventType.Equals("Carb Correction", StringComparison.OrdinalIgnoreCase);

    protected override string EventTypeOf(Row row) => row.EventType;

    protected override void WriteFields(Row row, DocumentWriter json)
    {
        json.Amount("insulin", row.Insulin);
        json.Amount("enteredinsulin", row.EnteredInsulin);
        json.Number("splitNow", row.SplitNow);
        json.Number("splitExt", 100 - row.SplitNow);
        json.Number("duration", row.Duration);
        json.Number("relative", row.Relative);
        json.Amount("carbs", row.Carbs);
        if (row.Glucose is { } glucose)
        {
            json.Number("glucose", glucose);
            json.Text("units", "mg/dl");
        }

        json.Text("notes", Note(row.BolusKind, row.Status == "Completed" ? null : row.Status));
    }

    internal sealed class Row : DocumentRow
    {
        public string EventType { get; init; } = "";

        /// <summary>Units; of a combo bolus, those of its immediate part.</summary>
        public decimal Insulin { get; init; }

        /// <summary>Units of both parts of a combo bolus.</summary>
        public decimal? EnteredInsulin { get; init; }

        /// <summary>Percentage of the immediate part.</summary>
        public int? SplitNow { get; init; }

        /// <summary>Minutes of the extended part.</summary>
        public int? Duration { get; init; }

        /// <summary>Rate of the extended part, units/h.</summary>
        public decimal? Relative { get; init; }

        public int? Carbs { get; init; }

        public int? Glucose { get; init; }

        public string? BolusKind { get; init; }

        public string? Status { get; init; }
    }
}
